import { chromium } from 'playwright-core';

const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
// Chromium's sandbox refuses to start for root, as containers often are
const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** A fresh page that keeps count of what it asks for, of requests that leave `origin` and of errors in its console. */
export async function openPage(executablePath, origin) {
  const browser = await chromium.launch({ executablePath, args: [...quiet, ...sandbox] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(20_000);

  const traffic = { requests: 0, foreign: [], errors: [] };
  const visit = (url) => {
    traffic.requests++;
    if (/^(https?|wss?):/.test(url) && new URL(url).host !== new URL(origin).host) traffic.foreign.push(url);
  };
  page.on('request', (request) => visit(request.url()));
  page.on('websocket', (socket) => visit(socket.url()));
  page.on('console', (message) => message.type() === 'error' && traffic.errors.push(message.text()));
  page.on('pageerror', (error) => traffic.errors.push(String(error)));
  return { page, traffic, close: () => browser.close() };
}
