// Opens a running server's live page in Chromium while it sends events, and prints what was found wrong as JSON:
//   node live.mjs --url http://127.0.0.1:8080 --key tmk_… --screenshot live.png [--chromium /usr/bin/chromium]
// The project has the collections click and signup, and a report and a rollup of click.
import { parseArgs } from 'node:util';
import { openPage } from './page.mjs';

const { values: options } = parseArgs({
  options: {
    url: { type: 'string' },
    key: { type: 'string' },
    screenshot: { type: 'string' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
  },
});

const countries = ['France', 'Germany', 'Japan', 'Spain'];
const { page, traffic, close } = await openPage(options.chromium, new URL(options.url).origin);
const problems = [];
const sending = setInterval(send, 250);
try {
  await theKeyOfTheAddressOpensThePage();
  await eventsAreCountedAndListed();
  await everyReportAndRollupHasAChart();
  await page.screenshot({ path: options.screenshot, fullPage: true });
  await aTelephoneShowsItWithoutScrollingSideways();
  await aWrongKeyIsRefused();
} catch (failure) {
  problems.push(failure.stack);
  await page.screenshot({ path: options.screenshot, fullPage: true });
} finally {
  clearInterval(sending);
  await close();
}
problems.push(...traffic.foreign.map((url) => `request to another origin: ${url}`), ...traffic.errors.map((text) => `console: ${text}`));
console.log(JSON.stringify({ passed: problems.length === 0, problems, requests: traffic.requests }));
process.exitCode = problems.length === 0 ? 0 : 1;

async function theKeyOfTheAddressOpensThePage() {
  await page.goto(`${options.url}/live/#${new URLSearchParams({ key: options.key })}`);
  await standing('accepted');
  check(!page.url().includes('#'), `the address bar shows ${page.url()}`);
}

async function eventsAreCountedAndListed() {
  await page.waitForFunction(() => Number.parseFloat(document.querySelector('#rate strong').textContent) > 0);
  await page.locator('#rate').getByText('people online').waitFor();
  await page.locator('#collections li').filter({ hasText: 'click' }).waitFor();
  await page.locator('#latest li').filter({ hasText: '"country":' }).first().waitFor();
}

/** A line has been drawn in each: not all of its canvas is clear. */
async function everyReportAndRollupHasAChart() {
  for (const title of ['clicks_by_country', 'clicks_by_minute']) {
    const section = page.locator('section').filter({ hasText: title });
    await section.locator('canvas').waitFor();
    await page.waitForFunction(
      (canvas) => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0),
      await section.locator('canvas').elementHandle(),
    );
  }
  await page.locator('section').filter({ hasText: 'clicks_by_country' }).getByText('Germany').waitFor();
}

async function aTelephoneShowsItWithoutScrollingSideways() {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.waitForFunction(() => document.querySelector('#rate canvas').clientWidth <= innerWidth);
  const width = await page.evaluate(() => document.scrollingElement.scrollWidth);
  check(width <= 390, `the page is ${width} wide`);
}

async function aWrongKeyIsRefused() {
  await page.getByLabel('Key', { exact: true }).fill('tmk_wrong');
  await page.getByRole('button', { name: 'Connect' }).click();
  await standing('refused');
}

async function send() {
  const event = () => ({
    time: new Date(Date.now() - Math.random() ** 3 * 600_000),
    collection: Math.random() < 0.2 ? 'signup' : 'click',
    user: `user ${Math.ceil(Math.random() * 50)}`,
    properties: { country: countries[Math.floor(Math.random() ** 2 * 4)], price: Math.ceil(Math.random() * 100) / 10 },
  });
  await fetch(`${options.url}/collect`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${options.key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify([event(), event(), event()]),
  });
}

async function standing(kind) {
  await page.locator(`[data-standing="${kind}"]`).waitFor();
}

function check(holds, message) {
  if (!holds) throw new Error(message);
}
