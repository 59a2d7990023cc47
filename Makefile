# One command each. `make help` lists them.
.DEFAULT_GOAL := casebook
.PHONY: casebook demo test asan tsan golden format lint bench bench-small bench-programs conformance differential kill-test fuzz help setup

JOBS ?= $(shell nproc)
KILLS ?= 200
COUNT ?= 4000
SEED ?= 1
FUZZ_SECONDS ?= 60
FUZZ_CORPUS ?= build/fuzz/corpus
NINJA = ninja -j$(JOBS)

sources = $(shell git ls-files 'src/*.cc' 'src/*.h' 'bench/*.cc' 'bench/*.h')
fuzzers = $(basename $(notdir $(shell git ls-files 'src/*_fuzz.cc')))

# What a missing tool is told: $(call need,program,package)
need = command -v $(1) >/dev/null || { echo "make $@: $(1) is missing; apt-get install $(2) brings it" >&2; exit 1; }

casebook: build/release/build.ninja  ## build build/release/casebook (the default)
	@$(NINJA) -C build/release casebook

demo: casebook  ## ingest the samples into a fresh folder and ask the five questions
	@scripts/demo

test: build/release/build.ninja  ## build everything and run every test; what CI runs
	@rm -f build/release/test-summary
	@$(NINJA) -C build/release
	@scripts/run_tests build/release

asan tsan: setup  ## the tests under AddressSanitizer and UBSan; under ThreadSanitizer
	@test -f build/$@/build.ninja || cmake --preset $@
	@$(NINJA) -C build/$@
	@scripts/run_tests build/$@

golden: build/release/build.ninja  ## rewrite the golden files; `git diff` is the review
	@$(NINJA) -C build/release
	@CASEBOOK_UPDATE_GOLDEN=1 scripts/run_tests build/release

format:  ## lay out all sources by .clang-format
	@$(call need,clang-format,clang-format)
	@clang-format -i $(filter-out src/schema/columns.h,$(sources))  # its lists are laid out by hand

lint: build/release/build.ninja  ## .clang-tidy over all sources
	@$(call need,clang-tidy,clang-tidy)
	@printf '%s\n' $(filter %.cc,$(sources)) | xargs -P$(JOBS) -n4 clang-tidy -p build/release --quiet

# Casebook beside DuckDB and ClickHouse: loading, queries, start. docs/performance.md says what is measured.
bench: bench-programs  ## load and ask a tenth and all of the description's size, beside DuckDB and ClickHouse
	@bench/benchmark --scale 0.1
	@bench/benchmark --scale 0.1 --form gzip --only load,compare
	@bench/benchmark --scale 0.1 --form gzip --days-times 3 --only queries --peers duckdb,clickhouse
	@bench/benchmark --scale 1 --form gzip --peers duckdb,clickhouse
	@bench/benchmark --scale 1 --form gzip --days-times 3 --feeds case_events --only queries --peers none

bench-small: bench-programs  ## the same for a fiftieth, a few minutes
	@bench/benchmark --scale 0.02

bench-programs: build/release/build.ninja
	@bench/setup
	@$(NINJA) -C build/release casebook time_queries

conformance: build/release/build.ninja  ## CONFORMANCE=FOLDER: GoogleSQL against its queries with known results
	@ls $(CONFORMANCE)/*.ndjson >/dev/null 2>&1 || \
	  { echo "make conformance: no *.ndjson in the folder \"$(CONFORMANCE)\"; name another with CONFORMANCE=FOLDER" >&2; exit 1; }
	@$(NINJA) -C build/release conformance
	@build/release/conformance $(CONFORMANCE)/*.ndjson

differential: build/release/build.ninja  ## ASK=PROGRAM: random questions to Casebook and to GoogleSQL's reference evaluator
	@test -x "$(ASK)" || \
	  { echo "make differential: no evaluator \"$(ASK)\"; name GoogleSQL's reference evaluator with ASK=PROGRAM" >&2; exit 1; }
	@$(NINJA) -C build/release differential
	@build/release/differential --ask $(ASK) --count $(COUNT) --seed $(SEED) $(if $(FAMILY),--family $(FAMILY))

kill-test: build/release/build.ninja  ## kill -9 an ingest KILLS=200 times and compare the tables
	@$(NINJA) -C build/release casebook generate_case_events duckdb_sql
	@bench/kill_test --kills $(KILLS)

fuzz: setup  ## search each fuzz target for FUZZ_SECONDS=60 with libFuzzer
	@$(call need,clang++,clang)
	@cmake -S . -B build/fuzz -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_COMPILER=clang++ -DCMAKE_C_COMPILER=clang \
	  -DCASEBOOK_LIBFUZZER=ON -DCASEBOOK_SANITIZE=address,undefined,fuzzer-no-link >build/fuzz-configure.log || \
	  { tail -n 5 build/fuzz-configure.log >&2; exit 1; }
	@$(NINJA) -C build/fuzz $(fuzzers)
	@scripts/run_fuzzers $(FUZZ_SECONDS) $(FUZZ_CORPUS) $(fuzzers)

help:  ## this list
	@sed -n 's/^\([a-z][a-z -]*\):.*##  *\(.*\)/\1\t\2/p' Makefile | awk -F'\t' '{ printf "make %-10s %s\n", $$1, $$2 }'

# Says in one sentence what stands in the way; does nothing where all is there.
setup:
	@scripts/setup

# Ninja configures anew by itself once this exists.
build/release/build.ninja: | setup
	@cmake --preset release
