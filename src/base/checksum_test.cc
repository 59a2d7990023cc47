#include "base/checksum.h"

#include <gtest/gtest.h>

namespace casebook {
namespace {

TEST(ChecksumTest, Crc32cHasTheValueOfRfc3720) {
  EXPECT_EQ(Crc32c("123456789"), 0xE3069283U);
  EXPECT_EQ(Crc32c(std::string(32, '\0')), 0x8A9136AAU);
}

TEST(ChecksumTest, Crc32cOfPartsContinues) { EXPECT_EQ(Crc32c("456789", Crc32c("123")), Crc32c("123456789")); }

TEST(ChecksumTest, Sha256HasTheValueOfFips180) {
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace casebook
