# crumbs_precompile(TARGET HEADER...): precompiled headers whose users ccache knows again in another checkout. Each checkout makes
# its own with Clang, which writes the places of all that went into one inside it, and looks for them there. So that its users are
# known all the same, ccache takes the list of headers (the .sum file, which only Clang's have) for its content; the text of each
# header, and the options, are part of what it compares anyway.
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # By an option that ccache reads, unlike CMake's own; and without the times of headers, which a new checkout renews.
  list(APPEND CMAKE_CXX_COMPILE_OPTIONS_CREATE_PCH -Xclang -fno-pch-timestamp)
  set(CMAKE_CXX_COMPILE_OPTIONS_USE_PCH -include <PCH_HEADER>)
endif()

macro(crumbs_precompile target)
  if(CRUMBS_PCH)
    file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${target}.dir/cmake_pch.hxx.pch.sum CONTENT "${ARGN}\n")
    target_precompile_headers(${target} PRIVATE ${ARGN})
  endif()
endmacro()
