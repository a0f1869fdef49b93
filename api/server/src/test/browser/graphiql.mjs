// Opens a running server's GraphiQL in Chromium, as a person would, and prints what was found wrong as JSON:
//   node graphiql.mjs --url http://127.0.0.1:8080 --key tmk_… --project demo \
//     --query '{ collections { name } }' --expect click --screenshot graphiql.png [--chromium /usr/bin/chromium]
import { parseArgs } from 'node:util';
import { openPage } from './page.mjs';

const { values: options } = parseArgs({
  options: {
    url: { type: 'string' },
    key: { type: 'string' },
    project: { type: 'string', default: '' },
    query: { type: 'string' },
    expect: { type: 'string' },
    screenshot: { type: 'string' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
  },
});

const { page, traffic, close } = await openPage(options.chromium, new URL(options.url).origin);
const problems = [];
try {
  await theKeyOfTheAddressOpensThePage();
  await theKeyIsKeptInTheTabOnly();
  await aTypedQueryIsAnswered();
  await theExplorerListsFields();
  await page.screenshot({ path: options.screenshot });
  await aWrongKeyIsRefused();
} catch (failure) {
  problems.push(failure.stack);
  await page.screenshot({ path: options.screenshot });
} finally {
  await close();
}
problems.push(...traffic.foreign.map((url) => `request to another origin: ${url}`), ...traffic.errors.map((text) => `console: ${text}`));
console.log(JSON.stringify({ passed: problems.length === 0, problems, requests: traffic.requests }));
process.exitCode = problems.length === 0 ? 0 : 1;

async function theKeyOfTheAddressOpensThePage() {
  const fragment = new URLSearchParams({ key: options.key, ...(options.project && { project: options.project }) });
  await page.goto(`${options.url}/graphiql/#${fragment}`);
  await standing('accepted');
  check((await page.title()) === 'Tidemark – GraphiQL', `the title is ${await page.title()}`);
}

async function theKeyIsKeptInTheTabOnly() {
  check(!page.url().includes('#'), `the address bar shows ${page.url()}`);
  const lasting = await page.evaluate(() => JSON.stringify(localStorage) + document.cookie);
  check(!lasting.includes(options.key), 'the key is in the local storage or in a cookie');
}

async function aTypedQueryIsAnswered() {
  await page.locator('.graphiql-query-editor .view-lines').click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(options.query);
  // the editor has closed the last bracket once more
  await page.keyboard.press('ControlOrMeta+Shift+End');
  await page.keyboard.press('Delete');
  await page.locator('.graphiql-execute-button').click();
  await page.locator('.result-window .view-lines').filter({ hasText: options.expect }).waitFor();
}

async function theExplorerListsFields() {
  const field = page.locator('.graphiql-explorer-root .graphiql-explorer-node').first();
  await field.waitFor();
  await page.getByLabel('Hide GraphiQL Explorer').click();
  await field.waitFor({ state: 'hidden' });
  await page.getByLabel('Show GraphiQL Explorer').click();
  await field.waitFor();
}

async function aWrongKeyIsRefused() {
  const before = traffic.errors.length;
  await connect(`${options.key}wrong`);
  await standing('refused');
  // Chromium reports the refused requests as errors; these are the only ones that may be
  const refused = traffic.errors.splice(before);
  check(refused.every((text) => text.includes('401')), refused.join());

  await connect(options.key);
  await standing('accepted');
}

async function connect(key) {
  await page.getByLabel('Key', { exact: true }).fill(key);
  await page.getByRole('button', { name: 'Connect' }).click();
}

async function standing(kind) {
  await page.locator(`[data-standing="${kind}"]`).waitFor();
}

function check(holds, message) {
  if (!holds) throw new Error(message);
}
