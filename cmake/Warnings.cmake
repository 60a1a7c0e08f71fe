# Warnings for every target of ours; errors only where a preset says so (CMAKE_COMPILE_WARNING_AS_ERROR).
add_library(crumbs_warnings INTERFACE)
target_compile_options(crumbs_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wswitch-enum -Wno-missing-field-initializers)
# g++ 12 takes the joining of strings for overlap or overflow when it inlines it (GCC bugs 105651, 105329).
target_compile_options(crumbs_warnings INTERFACE
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict;-Wno-stringop-overflow;-Wno-array-bounds>)
