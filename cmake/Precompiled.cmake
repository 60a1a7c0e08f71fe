# crumbs_precompile(TARGET HEADER...): precompiled headers whose compilations ccache knows again in another checkout. CMake
# hands Clang absolute paths by options that ccache does not read, and Clang looks for the header where it first lay; what a
# precompiled header was made of is for Ninja to know.
macro(crumbs_precompile target)
  if(CRUMBS_PCH)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
      file(RELATIVE_PATH crumbs_pch_dir ${CMAKE_BINARY_DIR} ${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${target}.dir)
      set(CMAKE_CXX_COMPILE_OPTIONS_CREATE_PCH
        -Xclang -emit-pch -Xclang -fno-pch-timestamp -Xclang -include -Xclang ${crumbs_pch_dir}/cmake_pch.hxx -x c++-header)
      set(CMAKE_CXX_COMPILE_OPTIONS_USE_PCH -Xclang -fno-validate-pch -include <PCH_HEADER>)
    endif()
    target_precompile_headers(${target} PRIVATE ${ARGN})
  endif()
endmacro()
