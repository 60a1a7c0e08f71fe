#pragma once

/// Removing a directory with all it holds, also from a signal handler.

namespace crumbs {

/// Removes `directory` and everything below it; follows no link. Async-signal-safe: system calls
/// and the stack only. True: it is gone. False: something in it could not be removed, was added
/// meanwhile, or lies more than 64 directories deep.
bool remove_tree(const char* directory) noexcept;

}  // namespace crumbs
