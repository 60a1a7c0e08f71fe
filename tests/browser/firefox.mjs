// Firefox over Marionette: JSON messages on a local socket, each with its length before it.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { hosts, sent } from './server.mjs';
import { started } from './start.mjs';
import { rowsOnDisk } from './stored.mjs';
import { eventually } from './wait.mjs';

const preferences = {
  'marionette.port': 0, 'network.dns.localDomains': hosts.join(','), 'dom.security.https_first': false,
  'browser.sessionstore.interval': 1000, 'browser.shell.checkDefaultBrowser': false, 'browser.startup.page': 0,
  'datareporting.policy.dataSubmissionEnabled': false, 'toolkit.telemetry.enabled': false, 'app.normandy.enabled': false,
  'network.captive-portal-service.enabled': false, 'network.connectivity-service.enabled': false,
  'services.settings.server': 'http://127.0.0.1:9/', 'extensions.update.enabled': false, 'app.update.enabled': false,
};

class Marionette {
  #pending = new Map();
  #last = 0;
  #rest = Buffer.alloc(0);

  constructor(port) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.on('data', data => {
      this.#rest = Buffer.concat([this.#rest, data]);
      while (this.#take());
    });
    this.socket.on('error', () => {}); // it closes with the browser
  }

  #take() {
    const colon = this.#rest.indexOf(':');
    const end = colon + 1 + Number(this.#rest.subarray(0, Math.max(colon, 0)));
    if (colon < 0 || this.#rest.length < end) return false;
    const message = JSON.parse(this.#rest.subarray(colon + 1, end));
    this.#rest = this.#rest.subarray(end);
    if (Array.isArray(message)) this.#receive(...message);
    return true;
  }

  #receive(_type, id, error, result) {
    const [resolve, reject] = this.#pending.get(id) ?? [];
    this.#pending.delete(id);
    if (error) reject?.(new Error(error.message));
    else resolve?.(result);
  }

  send(name, parameters = {}) {
    const id = ++this.#last;
    const message = Buffer.from(JSON.stringify([0, id, name, parameters]));
    this.socket.write(Buffer.concat([Buffer.from(`${message.length}:`), message]));
    return new Promise((resolve, reject) => this.#pending.set(id, [resolve, reject]));
  }

  /** Runs a script with the browser's own rights. */
  async inBrowser(script, ...args) {
    await this.send('Marionette:SetContext', { value: 'chrome' });
    const { value } = await this.send('WebDriver:ExecuteScript', { script, args });
    await this.send('Marionette:SetContext', { value: 'content' });
    return value;
  }
}

const openInContainer = `
  const { ContextualIdentityService } = ChromeUtils.importESModule("resource://gre/modules/ContextualIdentityService.sys.mjs");
  const userContextId = ContextualIdentityService.create("Crumbs test", "briefcase", "blue").userContextId;
  Services.wm.getMostRecentWindow("navigator:browser").gBrowser.addTrustedTab(arguments[0], { userContextId });
  return userContextId;`;

const listCookies = `return Array.from(Services.cookies.cookies, c => ({
  host: c.host, name: c.name, value: c.value, path: c.path, secure: c.isSecure, http_only: c.isHttpOnly, session: c.isSession,
  same_site: c.sameSite, expires: c.expiry, attributes: { ...c.originAttributes } }));`;

// "(https,example.com)" is how it writes the site https://example.com.
const site = key => key.replace(/^\((\w+),([^,)]+).*\)$/, '$1://$2');
const seconds = expiry => Math.floor(expiry > 1e11 ? expiry / 1000 : expiry);
const asTold = cookie => ({
  host: cookie.host, name: cookie.name, value: cookie.value, path: cookie.path, secure: cookie.secure, http_only: cookie.http_only,
  session: cookie.session, same_site: ['none', 'lax', 'strict'][cookie.same_site] ?? 'unspecified',
  expires: cookie.session ? null : seconds(cookie.expires),
  partition: site(cookie.attributes.partitionKey) || null, container: cookie.attributes.userContextId || null,
});

const saveSession = `
  return ChromeUtils.importESModule("resource:///modules/sessionstore/SessionSaver.sys.mjs").SessionSaver.run();`;

/** The browser's process, and a session with it. */
async function openFirefox(profile) {
  const port = join(profile, 'MarionetteActivePort');
  rmSync(port, { force: true });
  return started('firefox-esr', ['--headless', '--no-remote', '--marionette', '--remote-allow-system-access', '--profile', profile],
    [], async child => {
      const marionette = new Marionette(await eventually(() => Number(readFileSync(port, 'utf8')), 'Firefox to listen', 80));
      await marionette.send('WebDriver:NewSession', { acceptInsecureCerts: true });
      return [child.pid, marionette];
    });
}

/** As chromium(), for a Firefox profile directory; the shop is visited once more in a container. */
export async function firefox(profile, urls) {
  writeFileSync(join(profile, 'user.js'),
    Object.entries(preferences).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join(''));
  const [browser, marionette] = await openFirefox(profile);
  for (const url of urls) await marionette.send('WebDriver:Navigate', { url });
  const container = await marionette.inBrowser(openInContainer, urls[1]);
  const ofShop = ([host]) => ['shop.example.com', 'example.com', 'code.jivosite.com'].includes(host);
  const cookies = await eventually(async () => {
    const told = await marionette.inBrowser(listCookies);
    const has = context => ([host, name]) => told.some(cookie =>
      cookie.host.endsWith(host) && cookie.name === name && cookie.attributes.userContextId === context);
    return sent.every(has(0)) && sent.filter(ofShop).every(has(container)) && told;
  }, 'every cookie that was sent, those of the container too');
  await eventually(() => rowsOnDisk(join(profile, 'cookies.sqlite'), 'moz_cookies') === cookies.filter(cookie => !cookie.session).length,
    'the cookies to be written');
  await marionette.inBrowser(saveSession); // session cookies are in the session store only
  return { browser, cookies: cookies.map(asTold) };
}
