// Opens pages of an origin in Chromium, runs a script in each and leaves it. The scripts come as a JSON array:
//   ORIGIN=https://shop.example HTML='<img …>' SCRIPTS='["navigator.sendBeacon(…)"]' node page.mjs
import { chromium } from 'playwright-core';

// Chromium would ask before a page of the Internet may reach this machine
const SERVER_IS_LOCAL = '--disable-features=LocalNetworkAccessChecks';
const { ORIGIN, HTML, SCRIPTS, CHROMIUM = '/usr/bin/chromium' } = process.env;
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', SERVER_IS_LOCAL] });
const page = await browser.newPage();
const refused = [];
page.on('console', (message) => message.type() === 'error' && refused.push(message.text()));
await page.route(`${ORIGIN}/**`, (route) =>
  route.fulfill({ contentType: 'text/html', body: `<!doctype html><title>Shop</title>${HTML}` }),
);
const queued = [];
for (const script of JSON.parse(SCRIPTS)) {
  await page.goto(`${ORIGIN}/`, { waitUntil: 'load' });
  queued.push(await page.evaluate(script));
}
await page.goto(`${ORIGIN}/left`, { waitUntil: 'load' });
const width = await page.evaluate(() => document.querySelector('img')?.naturalWidth ?? 0);
await page.waitForLoadState('networkidle');
await browser.close();
console.log(JSON.stringify({ queued, width, refused }));
