/// Runs a fuzz target over the files of a corpus without libFuzzer: the regression test of every
/// compiler.

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void replay(const std::string& bytes) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

/// How many files below `corpus` were replayed.
std::size_t replay_all(const std::filesystem::path& corpus) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(corpus)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream stream(entry.path(), std::ios::binary);
    replay({std::istreambuf_iterator<char>(stream), {}});
    ++count;
  }
  return count;
}

}  // namespace

int main(int argc, char** argv) {
  replay("");
  std::size_t count = 0;
  for (int i = 1; i < argc; ++i) count += replay_all(argv[i]);
  std::printf("%zu inputs\n", count);
  return count == 0 ? 1 : 0;
}
