#include "events/firehose_request.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/file.h"
#include "events/base64.h"

namespace casebook {
namespace {

std::string Decoded(std::string_view text) {
  std::string out = "<";
  return AppendDecodedBase64(text, out) ? out + ">" : out + " refused";
}

TEST(Base64Test, ReadsTheExamplesOfRfc4648) {
  EXPECT_EQ(Decoded(""), "<>");
  EXPECT_EQ(Decoded("Zg=="), "<f>");
  EXPECT_EQ(Decoded("Zm8="), "<fo>");
  EXPECT_EQ(Decoded("Zm9v"), "<foo>");
  EXPECT_EQ(Decoded("Zm9vYmFy"), "<foobar>");
}

TEST(Base64Test, RefusesWhatIsNoneAndLeavesTheOutputAsItWas) {
  for (const char* text : {"Zg", "Zg=", "Z===", "====", "Zm9*", "Zh==", "Zm9v\n", "Zm8=Zm8="}) {
    EXPECT_EQ(Decoded(text), "< refused") << text;
  }
}

TEST(FirehoseRequestTest, GivesThePayloadsOfTheSample) {
  const std::string text =
      ReadFile(std::filesystem::path(CASEBOOK_SOURCE_DIR) / "samples/firehose_request.json").value();

  ASSERT_TRUE(IsFirehoseRequest(text));
  const FirehoseRequest request = ExpandFirehoseRequest(text).value();

  EXPECT_EQ(request.request_id, "ed1d4ac2-34f0-4f9b-bba1-f29aea6d7d8f");
  EXPECT_EQ(request.timestamp_ms, 1743180462599);
  ASSERT_FALSE(request.records.empty());
  for (size_t i = 0; i < request.records.size(); ++i) {
    EXPECT_TRUE(request.records[i].sound);
    EXPECT_TRUE(request.Payload(i).empty() || request.Payload(i).front() == '{') << request.Payload(i).substr(0, 40);
  }
}

TEST(FirehoseRequestTest, OneUnsoundRecordCostsOnlyItself) {
  const FirehoseRequest request =
      ExpandFirehoseRequest(R"({"records":[{"data":"e30="},{"data":"?"},{"data":""},{}],"requestId":"r"})").value();

  ASSERT_EQ(request.records.size(), 4U);
  EXPECT_EQ(request.Payload(0), "{}");
  EXPECT_FALSE(request.records[1].sound);
  EXPECT_EQ(request.Payload(1), "?");
  EXPECT_EQ(request.Payload(2), "");
  EXPECT_EQ(request.Payload(3), "");
}

TEST(FirehoseRequestTest, OtherRecordsAreNone) {
  for (const char* text : {"", "{", "{}", R"({"detail":{"requestId":"r","records":[]}})", R"({"requestId":"r"})",
                           R"({"requestId":"r","records":{}})", R"({"requestId":"r","records":[1]})",
                           R"({"requestId":"r","records":[{"data")"}) {
    EXPECT_FALSE(IsFirehoseRequest(text)) << text;
  }
}

}  // namespace
}  // namespace casebook
