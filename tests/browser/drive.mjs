// drive.mjs chromium|firefox PROFILE TRUTH: has a real browser visit our sites with PROFILE, writes to TRUTH what the browser itself
// says it stored, prints "ready BROWSER DRIVER" (process ids; the browser's is also its process group) and keeps it open until SIGTERM.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { chromium } from './chromium.mjs';
import { firefox } from './firefox.mjs';
import { serve } from './server.mjs';

const [name, profile, truth] = process.argv.slice(2);
const browsers = { chromium, firefox };
let browser;
const start = (program, switches, stdio) => (browser = spawn(program, switches, { detached: true, stdio }));
const stop = code => {
  try { if (browser) process.kill(-browser.pid, 'SIGKILL'); } catch { /* it is gone already */ }
  process.exit(code);
};
process.on('SIGTERM', () => stop(0));
setTimeout(() => { console.log('failed: it took more than three minutes'); stop(1); }, 180_000);

try {
  const cookies = await browsers[name](profile, await serve(), start);
  writeFileSync(truth, JSON.stringify(cookies, null, 1));
  console.log(`ready ${browser.pid} ${process.pid}`);
} catch (error) {
  console.log(`failed: ${error.stack}`);
  stop(1);
}
