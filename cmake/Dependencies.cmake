# Libraries from elsewhere. Everything but DuckDB is a Debian package (scripts/setup).
find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(GTest REQUIRED)
find_package(benchmark REQUIRED)
find_package(simdjson REQUIRED)
find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(date REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n data)

# Headers alone; its CMake target would ask for the shared library.
find_path(tomlplusplus_INCLUDE_DIR toml++/toml.h REQUIRED)

# casebook_library(NAME HEADER LIBRARY): an imported library that has no CMake package.
function(casebook_library name header library)
  find_path(${name}_INCLUDE_DIR ${header} REQUIRED)
  find_library(${name}_LIBRARY ${library} REQUIRED)
  add_library(${name}::${name} UNKNOWN IMPORTED)
  set_target_properties(${name}::${name} PROPERTIES
    IMPORTED_LOCATION "${${name}_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES "${${name}_INCLUDE_DIR}")
endfunction()
casebook_library(zstd zstd.h zstd)
casebook_library(isal isa-l.h isal)
casebook_library(re2 re2/re2.h re2)
casebook_library(edit histedit.h edit)

# DuckDB: header and static libraries of one version, fetched by scripts/setup or named by DuckDB_ROOT.
set(duckdb_root "${CMAKE_SOURCE_DIR}/build/third_party/duckdb")
if(DEFINED ENV{DuckDB_ROOT})
  set(duckdb_root "$ENV{DuckDB_ROOT}")
endif()
if(NOT EXISTS "${duckdb_root}/duckdb.h")
  message(FATAL_ERROR "no duckdb.h in ${duckdb_root}: run scripts/setup, or set DuckDB_ROOT")
endif()
file(GLOB duckdb_archives "${duckdb_root}/*.a")
list(FILTER duckdb_archives EXCLUDE REGEX "tpcds|tpch|jemalloc")
add_library(duckdb INTERFACE)
target_include_directories(duckdb SYSTEM INTERFACE "${duckdb_root}")
target_compile_definitions(duckdb INTERFACE DUCKDB_STATIC_BUILD)
target_link_libraries(duckdb INTERFACE
  -Wl,--start-group ${duckdb_archives} -Wl,--end-group Threads::Threads ${CMAKE_DL_LIBS})
# A newer DuckDB comes with new archives: configure anew.
if(EXISTS "${duckdb_root}/VERSION")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${duckdb_root}/VERSION")
endif()
