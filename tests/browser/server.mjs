// A loopback web server with three sites, so that a real browser has something to store. Every host and value is invented.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const year = 'Max-Age=31536000; Path=/';
// Header values are bytes: text beyond Latin-1 goes out as the bytes of its UTF-8.
const utf8 = text => Buffer.from(text).toString('latin1');

const cookies = {
  'shop.example.com': [
    `enter_ts=1795392000; ${year}`, `visits_count=3; ${year}; SameSite=Lax`,
    `utm=campaign%3Dspring%7Csource%3Dnewsletter; ${year}`, `city=${utf8('Köln')}; ${year}`,
    `domain_wide=1; ${year}; Domain=example.com; Secure; SameSite=Strict`,
    'cart=%7B%22items%22%3A2%7D; Max-Age=86400; Path=/cart', 'PHPSESSID=deadbeefcafe; Path=/; HttpOnly',
    `empty=; ${year}`, `long=${'x'.repeat(3900)}; ${year}`],
  'www.jivochat.com': [
    `jivo_visitor_id=987654321; ${year}; HttpOnly; Secure; SameSite=Lax`, `jv_enter_ts_987654321=1795392000; ${year}; Secure`,
    `jv_subscribe=subscribed; ${year}`, `_ga=GA1.2.1234567890.1795392000; ${year}; Domain=jivochat.com`],
  'code.jivosite.com': [
    `__Host-part=1; ${year}; Secure; SameSite=None; Partitioned`, `third=1; ${year}; Secure; SameSite=None`],
  'plain.example.net': [`enter_ts=1795392001; ${year}`, 'session_only=abc; Path=/'],
};

function handle(request, response, framePort) {
  const host = (request.headers.host ?? '').split(':')[0];
  if (request.url === '/favicon.ico') return response.writeHead(404).end();
  const frame = host === 'shop.example.com' ? `<iframe src="https://code.jivosite.com:${framePort}/"></iframe>` : '';
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Set-Cookie': cookies[host] ?? [] });
  response.end(`<!doctype html><title>${host}</title>${frame}`);
}

function certificate() {
  const directory = mkdtempSync(join(tmpdir(), 'crumbs-test-'));
  const [key, cert] = ['key.pem', 'cert.pem'].map(name => join(directory, name));
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert,
    '-days', '2', '-subj', '/CN=test'], { stdio: 'ignore' });
  const pair = { key: readFileSync(key), cert: readFileSync(cert) };
  rmSync(directory, { recursive: true });
  return pair;
}

const listen = server => new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));

/** Starts the server on free ports; returns the addresses to visit, one a site. */
export async function serve() {
  let framePort;
  const handler = (request, response) => handle(request, response, framePort);
  framePort = await listen(https.createServer(certificate(), handler));
  const plainPort = await listen(http.createServer(handler));
  return [`https://www.jivochat.com:${framePort}/`, `https://shop.example.com:${framePort}/`, `http://plain.example.net:${plainPort}/`];
}

export const hosts = Object.keys(cookies);

/** Domain and name of every cookie that a browser must have once it was everywhere; what it may refuse a frame is not among them. */
export const sent = Object.entries(cookies).flatMap(([host, lines]) => lines
  .map(line => [/; Domain=([^;]+)/.exec(line)?.[1] ?? host, line.slice(0, line.indexOf('='))]))
  .filter(([, name]) => name !== 'third');
