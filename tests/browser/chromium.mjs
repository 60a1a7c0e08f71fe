// Chromium over the DevTools protocol on a pipe: JSON messages, each ended by a NUL.
import { join } from 'node:path';
import { sent } from './server.mjs';
import { started } from './start.mjs';
import { rowsOnDisk } from './stored.mjs';
import { eventually } from './wait.mjs';

const switches = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
  '--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable', '--password-store=basic',
  '--ignore-certificate-errors', '--host-resolver-rules=MAP * 127.0.0.1', '--remote-debugging-pipe'];

/** Hands events (what nobody asked for) to `heard`. */
export class DevTools {
  #pending = new Map();
  #last = 0;
  #rest = '';

  constructor(child, heard = () => {}) {
    this.child = child;
    this.heard = heard;
    child.stdio[4].on('data', data => {
      const messages = (this.#rest + data).split('\0');
      this.#rest = messages.pop();
      for (const message of messages) this.#receive(JSON.parse(message));
    });
  }

  #receive({ id, result, error, method, params }) {
    if (id === undefined) return this.heard(method, params);
    const [resolve, reject] = this.#pending.get(id) ?? [];
    this.#pending.delete(id);
    if (error) reject?.(new Error(error.message));
    else resolve?.(result);
  }

  send(method, params = {}, sessionId = undefined) {
    const id = ++this.#last;
    this.child.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + '\0');
    return new Promise((resolve, reject) => this.#pending.set(id, [resolve, reject]));
  }
}

/** Starts the browser on a user-data directory; returns its DevTools once they answer. */
export const openChromium = (profile, more = [], heard = undefined) =>
  started('chromium', [...switches, ...more, `--user-data-dir=${profile}`, 'about:blank'], ['pipe', 'pipe'],
    async child => {
      const tools = new DevTools(child, heard);
      await tools.send('Browser.getVersion');
      return tools;
    });

async function visit(tools, url) {
  const { targetId } = await tools.send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await tools.send('Target.attachToTarget', { targetId, flatten: true });
  const { errorText } = await tools.send('Page.navigate', { url }, sessionId);
  if (errorText) throw new Error(`${url}: ${errorText}`);
  await eventually(async () => {
    const { result } = await tools.send('Runtime.evaluate', { expression: 'document.readyState' }, sessionId);
    return result.value === 'complete';
  }, `${url} to load`);
}

const asTold = cookie => ({
  host: cookie.domain, name: cookie.name, value: cookie.value, path: cookie.path, secure: cookie.secure,
  http_only: cookie.httpOnly, session: cookie.session, same_site: cookie.sameSite?.toLowerCase() ?? 'unspecified',
  expires: cookie.session ? null : Math.floor(cookie.expires), partition: cookie.partitionKey?.topLevelSite ?? null, container: null,
});

/** Has the browser visit the addresses; returns its process and its own list of cookies once all are on disk. */
export async function chromium(profile, urls) {
  const tools = await openChromium(profile);
  for (const url of urls) await visit(tools, url);
  const cookies = await eventually(async () => {
    const told = (await tools.send('Storage.getCookies')).cookies;
    return sent.every(([host, name]) => told.some(cookie => cookie.domain.endsWith(host) && cookie.name === name)) && told;
  }, 'every cookie that was sent');
  // The browser commits its cookies in batches, at the latest after half a minute.
  await eventually(() => rowsOnDisk(join(profile, 'Default/Cookies'), 'cookies') === cookies.length, 'the cookies to be committed');
  return { browser: tools.child.pid, cookies: cookies.map(asTold) };
}
