// Browsers as child processes.
import { spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

let child;

/** Ends the browser, with all its processes. */
export function stop() {
  try { if (child) process.kill(-child.pid, 'SIGKILL'); } catch { /* it is gone already */ }
}

const ended = process => new Promise((_, reject) => {
  process.once('error', reject);
  process.once('exit', (code, signal) => reject(new Error(`it ended with ${code ?? signal}`)));
});
const late = seconds => new Promise((_, reject) => {
  setTimeout(() => reject(new Error(`it did not answer for ${seconds} s`)), seconds * 1000).unref();
});

/**
 * Starts a browser in a process group of its own and returns what `answers(child)` gives once it answers. One that does not come up
 * is started once more; what it wrote before is kept in our own log. `pipes`: of which kinds its file descriptors from 3 on are.
 */
export async function started(program, switches, pipes, answers) {
  const log = join(homedir(), `${program}.log`);
  for (let attempt = 1; ; attempt += 1) {
    const out = openSync(log, 'w');
    child = spawn(program, switches, { detached: true, stdio: ['ignore', out, out, ...pipes] });
    const end = ended(child);
    end.catch(() => {}); // later it may end when it likes
    try {
      return await Promise.race([answers(child), end, late(90)]);
    } catch (error) {
      stop();
      console.error(`${program} did not come up: ${error.message}; it wrote:\n${readFileSync(log, 'utf8').slice(-4000)}`);
      if (attempt === 2) throw error;
    }
  }
}
