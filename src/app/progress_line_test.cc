#include "app/progress_line.h"

#include <gtest/gtest.h>

#include <sstream>

namespace casebook {
namespace {

using std::chrono::milliseconds;

TEST(ProgressLineTest, SaysShareRateAndTimeLeft) {
  EXPECT_EQ(ProgressText({"loading", 450'000'000, 1'000'000'000}, 450'000'000, 1.5),
            "loading   45%  300.0 MB/s  0:02 left");
  EXPECT_EQ(ProgressText({"landing", 0, 100}, 0, 0), "landing    0%");
  EXPECT_EQ(ProgressText({"landing", 5'000'000, 0}, 5'000'000, 2), "landing  5.0 MB  2.5 MB/s");
  EXPECT_EQ(ProgressText({"finishing", 0, 0}, 0, 3), "finishing");
  EXPECT_EQ(ProgressText({"loading", 1'000'000, 7'201'000'000}, 1'000'000, 1), "loading    0%  1.0 MB/s  2:00:00 left");
}

TEST(ProgressLineTest, ShowsItselfFiveTimesASecondAndGoes) {
  std::ostringstream out;
  {
    ProgressLine line(out, true);
    const ProgressLine::Time start{};
    line.Update({"loading", 1, 100}, start);
    line.Update({"loading", 2, 100}, start + milliseconds(100));
    line.Update({"loading", 3, 100}, start + milliseconds(250));
  }
  const std::string text = out.str();
  EXPECT_EQ(text.find("  2%"), std::string::npos);
  EXPECT_NE(text.find("  3%"), std::string::npos);
  EXPECT_TRUE(text.ends_with("\r\x1b[K"));
}

TEST(ProgressLineTest, IsSilentWithoutATerminal) {
  std::ostringstream out;
  {
    ProgressLine line(out, false);
    EXPECT_FALSE(line.Callback());
    line.Update({"loading", 1, 100}, {});
  }
  EXPECT_EQ(out.str(), "");
}

TEST(ByteTextTest, UsesTheUnitThatFits) {
  EXPECT_EQ(ByteText(1), "1 byte");
  EXPECT_EQ(ByteText(999), "999 bytes");
  EXPECT_EQ(ByteText(25'526), "26 kB");
  EXPECT_EQ(ByteText(12'345'678), "12.3 MB");
  EXPECT_EQ(ByteText(2'500'000'000), "2.50 GB");
}

}  // namespace
}  // namespace casebook
