# Warnings for every target of ours; errors only where a preset says so (CMAKE_COMPILE_WARNING_AS_ERROR).
add_library(crumbs_warnings INTERFACE)
target_compile_options(crumbs_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wswitch-enum -Wno-missing-field-initializers)
