// Sends from a page in Chromium, with Segment's SDK for browsers told of nothing but the server and the key:
//   URL=http://127.0.0.1:8080 WRITE_KEY=… ORIGIN=https://shop.example node browser.mjs
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

// Chromium would ask before a page of the Internet may reach this machine, and block what is not encrypted
const SERVER_IS_LOCAL = '--disable-features=LocalNetworkAccessChecks';
const { URL, WRITE_KEY, ORIGIN, CHROMIUM = '/usr/bin/chromium' } = process.env;
const sdk = createRequire(import.meta.url).resolve('@segment/analytics-next/dist/umd/index.js');
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', SERVER_IS_LOCAL] });
const page = await browser.newPage();
const refused = [];
const asked = new Set();
page.on('console', (message) => message.type() === 'error' && refused.push(message.text()));
page.on('request', (request) => asked.add(request.url().split('/').slice(0, 3).join('/')));
await page.route(`${ORIGIN}/**`, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Shop</title>' }));
await page.goto(`${ORIGIN}/cart?utm_campaign=spring`, { waitUntil: 'load' });
await page.addScriptTag({ path: sdk });
const failed = await page.evaluate(async ({ url, writeKey }) => {
  const [analytics] = await AnalyticsNext.AnalyticsBrowser.load({ writeKey, cdnURL: url });
  const sent = [
    await analytics.identify('ada', { plan: 'pro' }),
    await analytics.page('Cart'),
    await analytics.track('Cart Viewed', { items: 2 }),
  ];
  return sent.flatMap((context) => context.failedDelivery() ?? []).map((failure) => String(failure.reason));
}, { url: URL, writeKey: WRITE_KEY });
await page.waitForLoadState('networkidle');
await browser.close();
console.log(JSON.stringify({ failed, refused, asked: [...asked].sort() }));
