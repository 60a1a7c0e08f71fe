#pragma once

/// Child processes that stop where a test says, not where the clock happens to.

#include <functional>
#include <string>

namespace crumbs::test {

/// Runs `work` in a child that handles `signal` by `handler`, again and again, and sends it that
/// signal once it called its argument `steps` times in all. Returns the exit code, or 128 + the
/// signal that ended it.
int signal_after(int steps, int signal, void (*handler)(int),
                 const std::function<void(const std::function<void()>& step)>& work);

/// A handler that does as the program's: removes all private copies and ends with 130.
void end_without_copies(int signal);

/// Waits until `condition` holds; throws where it does not within five minutes: `what` is missing.
void wait_until(const std::string& what, const std::function<bool()>& condition);

}  // namespace crumbs::test
