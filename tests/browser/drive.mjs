// drive.mjs chromium|firefox PROFILE TRUTH: has a real browser visit our sites with PROFILE, writes to TRUTH what the browser itself
// says it stored, prints "ready BROWSER DRIVER" (process ids; the browser's is also its process group) and keeps it open until SIGTERM.
import { writeFileSync } from 'node:fs';
import { chromium } from './chromium.mjs';
import { firefox } from './firefox.mjs';
import { serve } from './server.mjs';
import { stop } from './start.mjs';

const [name, profile, truth] = process.argv.slice(2);
const browsers = { chromium, firefox };
const end = code => { stop(); process.exit(code); };
process.on('SIGTERM', () => end(0));

try {
  const { browser, cookies } = await browsers[name](profile, await serve());
  writeFileSync(truth, JSON.stringify(cookies, null, 1));
  console.log(`ready ${browser} ${process.pid}`);
} catch (error) {
  console.log(`failed: ${error.stack}`);
  end(1);
}
