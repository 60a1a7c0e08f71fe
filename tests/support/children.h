#pragma once

/// Child processes that stop where a test says, not where the clock happens to.

#include <functional>
#include <string>

namespace crumbs::test {

/// Runs `work` in a child, again and again, and sends it `signal` once it called its argument
/// `steps` times in all. Returns the exit code, or 128 + the signal that ended it.
int signal_after(int steps, int signal,
                 const std::function<void(const std::function<void()>& step)>& work);

/// Waits until `condition` holds; throws where it does not within five minutes: `what` is missing.
void wait_until(const std::string& what, const std::function<bool()>& condition);

}  // namespace crumbs::test
