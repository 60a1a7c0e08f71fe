# shellcheck shell=bash
# Sourced, with the checkout in `top`: how ccache is told to know a compilation again in another checkout. No path of the
# checkout is in a key (the build maps them away in what it makes, too). What a compilation depends on is what the compiler says
# (CCACHE_DEPEND): preprocessed text takes Clang's precompiled headers for empty.
export CCACHE_BASEDIR=${top:?} CCACHE_NOHASHDIR=true CCACHE_DEPEND=true CCACHE_PCH_EXTSUM=true
export CCACHE_SLOPPINESS=${CCACHE_SLOPPINESS:-pch_defines,time_macros,include_file_ctime,include_file_mtime}
