// Follows a project's events with other people's clients, and prints what each was told as JSON:
//   node clients.mjs --url http://127.0.0.1:8080 --key tmk_…
import { parseArgs } from 'node:util';
import apollo from '@apollo/client/core/core.cjs';
import subscriptions from '@apollo/client/link/subscriptions/subscriptions.cjs';
import * as sse from 'graphql-sse';
import * as ws from 'graphql-ws';
import WebSocket from 'ws';

const { values: options } = parseArgs({ options: { url: { type: 'string' }, key: { type: 'string' } } });
const headers = { Authorization: `Bearer ${options.key}` };
const query = `subscription ($name: String!, $after: String) {
  events(collections: [{ name: $name }], after: $after) { cursor properties }
}`;

async function collect(name, ...numbers) {
  const events = numbers.map((n) => ({ collection: name, properties: { n } }));
  const answer = await fetch(`${options.url}/collect`, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify(events),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

/** Takes so many events after a cursor, and closes the iteration, which unsubscribes. */
async function take(iterate, name, after, count) {
  const events = [];
  for await (const result of iterate({ query, variables: { name, after } })) {
    if (result.errors) throw new Error(JSON.stringify(result.errors));
    events.push(result.data.events);
    if (events.length === count) break;
  }
  return events;
}

/** The cursor of the only event of a new collection. */
async function begin(iterate, name) {
  await collect(name, 0);
  const first = take(iterate, name, undefined, 1);
  // there is no sign that a subscription has begun, so events are sent until one is told
  const sending = setInterval(() => collect(name, 0), 100);
  const [{ cursor }] = await first;
  clearInterval(sending);
  return cursor;
}

async function follow(iterate, name) {
  const cursor = await begin(iterate, name);
  await collect(name, 1, 2, 3);
  const told = await takeNumbers(iterate, name, cursor, [1, 2, 3]);
  await collect(name, 4, 5);
  const resumed = await takeNumbers(iterate, name, told.cursor, [4, 5]);
  return { told: told.numbers, resumed: resumed.numbers };
}

/** What was sent to begin with is passed over. */
async function takeNumbers(iterate, name, after, wanted) {
  const numbers = [];
  let cursor = after;
  while (numbers.length < wanted.length) {
    const [event] = await take(iterate, name, cursor, 1);
    cursor = event.cursor;
    if (event.properties.n > 0) numbers.push(event.properties.n);
  }
  return { numbers, cursor };
}

const socketUrl = `${options.url.replace(/^http/, 'ws')}/graphql`;
const socket = ws.createClient({
  url: socketUrl,
  webSocketImpl: WebSocket,
  connectionParams: { authorization: headers.Authorization },
  retryAttempts: 0,
  lazy: false,
});
const streams = sse.createClient({ url: `${options.url}/graphql`, headers, retryAttempts: 0 });
const link = new subscriptions.GraphQLWsLink(socket);
const cached = new apollo.ApolloClient({ link, cache: new apollo.InMemoryCache() });

async function* byApollo({ query: text, variables }) {
  const waiting = [];
  let wake;
  const subscription = cached.subscribe({ query: apollo.gql(text), variables, fetchPolicy: 'no-cache' }).subscribe({
    next: (result) => { waiting.push({ result }); wake?.(); },
    error: (error) => { waiting.push({ error }); wake?.(); },
  });
  try {
    for (;;) {
      while (!waiting.length) await new Promise((resolve) => { wake = resolve; });
      const { result, error } = waiting.shift();
      if (error) throw error;
      yield result;
    }
  } finally {
    subscription.unsubscribe();
  }
}

const report = {
  ws: await follow((request) => socket.iterate(request), 'by ws'),
  sse: await follow((request) => streams.iterate(request), 'by sse'),
  apollo: await follow(byApollo, 'by apollo'),
};
for await (const result of socket.iterate({ query: '{ __typename }' })) report.query = result.data.__typename;
for await (const result of streams.iterate({ query: '{ __typename }' })) report.queryBySse = result.data.__typename;
for await (const result of streams.iterate({ query: '{ nonsense }' })) report.invalidBySse = result.errors[0].extensions.code;
report.invalid = await socket.iterate({ query: '{ nonsense }' }).next().catch((errors) => errors[0].extensions.code);
console.log(JSON.stringify(report));
process.exit(0);
