#include "landing/decompress.h"

#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <string>

namespace casebook {
namespace {

std::string Gzip(const std::string& plain) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string packed(deflateBound(&stream, plain.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string Zstd(const std::string& plain) {
  ZSTD_CCtx* context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  std::string packed(ZSTD_compressBound(plain.size()), '\0');
  packed.resize(ZSTD_compress2(context, packed.data(), packed.size(), plain.data(), plain.size()));
  ZSTD_freeCCtx(context);
  return packed;
}

struct Outcome {
  std::string plain;
  std::string error;
  ErrorCode code = ErrorCode::kInvalid;
};

Outcome Drain(ByteSource& source) {
  Outcome outcome;
  for (;;) {
    const auto piece = source.Next();
    if (!piece.ok()) {
      outcome.error = piece.error().message;
      outcome.code = piece.error().code;
      EXPECT_FALSE(source.Next().ok()) << "an error stays";
      return outcome;
    }
    if (piece->empty()) return outcome;
    outcome.plain += *piece;
  }
}

Outcome Unpack(std::string_view stored, ExpansionLimits limits = {}) {
  const auto source = MemoryByteSource("body", stored, limits);
  return Drain(*source);
}

// Text that does not compress to nothing, longer than the source's own buffers.
std::string LongText() {
  std::mt19937 random(7);
  std::string text;
  while (text.size() < 3U << 20U) text += "{\"id\":" + std::to_string(random()) + "}\n";
  return text;
}

TEST(ByteSourceTest, PlainBytesComeAsTheyAre) {
  for (const std::string& text : {std::string(), std::string("{"), std::string("\x1F"), std::string("\x28\xB5"), LongText()}) {
    const Outcome outcome = Unpack(text);
    EXPECT_EQ(outcome.plain, text);
    EXPECT_EQ(outcome.error, "");
  }
}

TEST(ByteSourceTest, GzipAndZstdAreToldByTheirFirstBytes) {
  const std::string text = LongText();
  EXPECT_EQ(Unpack(Gzip(text)).plain, text);
  EXPECT_EQ(Unpack(Zstd(text)).plain, text);
  EXPECT_EQ(Unpack(Gzip("")).error, "");
  EXPECT_EQ(Unpack(Zstd("")).error, "");
}

TEST(ByteSourceTest, GluedMembersAndFramesAreOneStream) {
  const std::string text = LongText();
  const Outcome outcome = Unpack(Gzip("one") + Gzip(text) + Zstd("two") + Zstd(text) + Gzip("") + Gzip("three"));
  EXPECT_EQ(outcome.error, "");
  EXPECT_TRUE(outcome.plain == "one" + text + "two" + text + "three");
}

TEST(ByteSourceTest, ZeroBytesAfterTheLastMemberArePadding) {
  const Outcome outcome = Unpack(Gzip("one") + std::string(512, '\0'));
  EXPECT_EQ(outcome.plain, "one");
  EXPECT_EQ(outcome.error, "");
}

TEST(ByteSourceTest, ForeignBytesAfterAMemberAreAnErrorAfterItsBytes) {
  const std::string packed = Gzip("one");
  const Outcome outcome = Unpack(packed + "{\"a\":1}");
  EXPECT_EQ(outcome.plain, "one");
  EXPECT_EQ(outcome.code, ErrorCode::kCorrupt);
  EXPECT_NE(outcome.error.find("body at offset " + std::to_string(packed.size())), std::string::npos) << outcome.error;
}

// Goal: a stream that is cut off anywhere gives what came before, and then an error, never a silent end.
TEST(ByteSourceTest, CutOffStreamIsAnErrorAtEveryLength) {
  const std::string text = "{\"id\":1,\"name\":\"somebody\"}\n";
  for (const std::string& packed : {Gzip(text), Zstd(text)}) {
    for (size_t length = 4; length < packed.size(); ++length) {
      const Outcome outcome = Unpack(std::string_view(packed).substr(0, length));
      EXPECT_EQ(outcome.code, ErrorCode::kCorrupt) << length;
      EXPECT_NE(outcome.error, "") << length;
      EXPECT_TRUE(text.starts_with(outcome.plain)) << length;
    }
  }
}

TEST(ByteSourceTest, BytesBeforeTheCutAreDelivered) {
  const std::string text = LongText();
  for (std::string packed : {Gzip(text), Zstd(text)}) {
    packed.resize(packed.size() * 3 / 4);
    const Outcome outcome = Unpack(packed);
    EXPECT_EQ(outcome.code, ErrorCode::kCorrupt);
    EXPECT_GT(outcome.plain.size(), text.size() / 2);
    EXPECT_TRUE(text.starts_with(outcome.plain));
  }
}

TEST(ByteSourceTest, ChangedByteIsNeverTakenForSound) {
  const std::string text = LongText().substr(0, 100'000);
  for (const std::string& packed : {Gzip(text), Zstd(text)}) {
    for (size_t at = 12; at < packed.size(); at += 997) {
      std::string changed = packed;
      changed[at] = static_cast<char>(changed[at] ^ 0x10);
      EXPECT_NE(Unpack(changed).error, "") << at;
    }
  }
}

TEST(ByteSourceTest, ExpandingTooFarIsALimit) {
  const std::string zeros(8U << 20U, '0');
  const ExpansionLimits by_ratio{.free_bytes = 1U << 20U, .ratio_max = 100};
  const ExpansionLimits by_size{.plain_bytes_max = 1U << 20U};
  for (const std::string& packed : {Gzip(zeros), Zstd(zeros)}) {
    EXPECT_EQ(Unpack(packed).plain.size(), zeros.size());
    EXPECT_EQ(Unpack(packed, by_ratio).code, ErrorCode::kLimit);
    EXPECT_EQ(Unpack(packed, by_size).code, ErrorCode::kLimit);
  }
}

TEST(ByteSourceTest, FilesAreReadWhateverTheirName) {
  const auto path = std::filesystem::temp_directory_path() / "casebook_byte_source_test.txt";
  const std::string text = LongText();
  std::ofstream(path, std::ios::binary) << Gzip(text);
  auto source = OpenByteSource(path);
  ASSERT_TRUE(source.ok());
  EXPECT_TRUE(Drain(**source).plain == text);
  std::filesystem::remove(path);

  const auto missing = OpenByteSource(path);
  ASSERT_FALSE(missing.ok());
  EXPECT_NE(missing.error().message.find(path.string()), std::string::npos);
}

}  // namespace
}  // namespace casebook
