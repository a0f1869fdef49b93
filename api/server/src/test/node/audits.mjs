// Runs the audits of graphql-http against a running server, and prints those that fail as JSON:
//   node audits.mjs --url http://127.0.0.1:8080/graphql --key tmk_…
import { parseArgs } from 'node:util';
import { serverAudits } from 'graphql-http';

const { values: options } = parseArgs({ options: { url: { type: 'string' }, key: { type: 'string' } } });

const withKey = (url, request = {}) => fetch(url, { ...request, headers: { ...request.headers, 'X-API-Key': options.key } });

const audits = serverAudits({ url: options.url, fetchFn: withKey });
const failed = [];
for (const audit of audits) {
  const result = await audit.fn();
  if (result.status !== 'ok') failed.push(`${audit.id} ${audit.name}: ${result.reason}`);
}
console.log(JSON.stringify({ audits: audits.length, failed }));
