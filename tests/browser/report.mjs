// report.mjs FILE DIRECTORY [unprinted]: opens an HTML report in a real Chromium, uses it as a reader would, and prints as JSON what was seen.
// Pictures of it and its print as PDF go to DIRECTORY.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openChromium } from './chromium.mjs';
import { stop } from './start.mjs';
import { eventually } from './wait.mjs';

const [file, directory, unprinted] = process.argv.slice(2);
const address = pathToFileURL(file).href;
const seen = { requests: [], console: [], overflow: {}, dialogs: 0 };

const events = {
  'Network.requestWillBeSent': ({ request }) => seen.requests.push(request.url),
  'Runtime.consoleAPICalled': ({ args }) => seen.console.push(args.map(arg => arg.value).join(' ')),
  'Runtime.exceptionThrown': ({ exceptionDetails }) => seen.console.push(exceptionDetails.exception?.description ?? exceptionDetails.text),
  'Log.entryAdded': ({ entry }) => seen.console.push(entry.text),
  'Page.javascriptDialogOpening': () => { seen.dialogs += 1; },
};

const end = code => { stop(); process.exit(code); };
setTimeout(() => { console.error('it took more than five minutes'); end(1); }, 300_000).unref();

let tools, session;
const send = (method, params) => tools.send(method, params, session);

async function evaluate(expression) {
  const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
  if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
  return result.value;
}

async function open() {
  await send('Page.navigate', { url: address });
  await eventually(() => evaluate(`location.href === ${JSON.stringify(address)} && document.readyState === 'complete'`), 'the report to load');
}

async function look(width, scheme) {
  await send('Emulation.setDeviceMetricsOverride', { width, height: 900, deviceScaleFactor: 1, mobile: false });
  await send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
  seen.overflow[`${width} ${scheme}`] = await evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  const { data } = await send('Page.captureScreenshot', { format: 'png' });
  writeFileSync(join(directory, `${width}-${scheme}.png`), Buffer.from(data, 'base64'));
  return evaluate('getComputedStyle(document.documentElement).backgroundColor');
}

const shown = `Array.from(document.querySelectorAll('#table > tbody > tr')).filter(row => row.checkVisibility()).length`;
// From the keystroke to the first frame after it: what a reader waits for.
const choose = (name, value) => `(async () => {
  const start = performance.now();
  const control = document.querySelector('#tools [name=${name}]');
  control.value = ${JSON.stringify(value)};
  control.dispatchEvent(new Event('input', { bubbles: true }));
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
  return performance.now() - start;
})()`;
const first = `document.querySelector('#table > tbody > tr summary').textContent`;

async function press(key, code, text) {
  for (const type of ['keyDown', 'keyUp']) await send('Input.dispatchKeyEvent', { type, key, code: key, windowsVirtualKeyCode: code, text });
}

async function useTable() {
  seen.rows = await evaluate(shown);
  seen.filter_ms = await evaluate(choose('personal', 'any'));
  seen.personal = await evaluate(shown);
  seen.count = await evaluate(`document.getElementById('count').textContent`);
  await evaluate(choose('personal', ''));
  seen.search_ms = await evaluate(choose('text', 'SITE_LANG'));
  seen.found = await evaluate(shown);
  await evaluate(choose('text', ''));
  await evaluate(`document.querySelector('th[data-key=item] button').click()`);
  seen.ascending = [await evaluate(first), await evaluate(`document.querySelector('th[data-key=item]').getAttribute('aria-sort')`)];
  await evaluate(`document.querySelector('th[data-key=item] button').click()`);
  seen.descending = [await evaluate(first), await evaluate(`document.querySelector('th[data-key=item]').getAttribute('aria-sort')`)];
  // By the keyboard alone.
  await evaluate(`document.querySelector('#table summary').focus()`);
  await press('Enter', 13, '\r');
  seen.story = await evaluate(`(() => { const story = document.querySelector('#table details[open] > dl');
    return story === null ? '' : story.checkVisibility() ? story.innerText : 'hidden'; })()`);
}

async function withoutScript() {
  await send('Emulation.setScriptExecutionDisabled', { value: true });
  await open();
  seen.bare = { rows: await evaluate(shown), tools: await evaluate(`document.getElementById('tools')?.checkVisibility() ?? false`) };
  await send('Emulation.setScriptExecutionDisabled', { value: false });
}

try {
  tools = await openChromium(join(directory, 'browser'), ['--proxy-server=127.0.0.1:9'], (method, params) => events[method]?.(params));
  const { targetId } = await tools.send('Target.createTarget', { url: 'about:blank' });
  session = (await tools.send('Target.attachToTarget', { targetId, flatten: true })).sessionId;
  for (const domain of ['Page', 'Network', 'Runtime', 'Log']) await send(`${domain}.enable`);
  await send('Emulation.setDeviceMetricsOverride', { width: 1400, height: 900, deviceScaleFactor: 1, mobile: false });
  await open();
  seen.open_ms = await evaluate(`performance.getEntriesByType('navigation')[0].loadEventEnd`);
  seen.paint_ms = await evaluate(`performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1`);
  seen.injected = await evaluate('window.injected ?? 0');
  if (await evaluate(`document.getElementById('table') !== null`)) await useTable();
  seen.backgrounds = [];
  for (const width of [360, 1400])
    for (const scheme of ['light', 'dark']) seen.backgrounds.push(await look(width, scheme));
  if (!unprinted) writeFileSync(join(directory, 'report.pdf'), Buffer.from((await send('Page.printToPDF')).data, 'base64'));
  await withoutScript();
  console.log(JSON.stringify(seen));
  end(0);
} catch (error) {
  console.error(error.stack);
  end(1);
}
