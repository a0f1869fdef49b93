import { createClient } from 'graphql-ws';

const FORBIDDEN = 4403;
const address = new URL('../graphql', location.href).href.replace(/^http/, 'ws');

/** One socket for the whole page. It is opened again whenever it is lost; subscriptions go on by themselves. */
export function connect(access, onStanding) {
  const client = createClient({
    url: address,
    connectionParams: { authorization: `Bearer ${access.key}`, project: access.project || undefined },
    retryAttempts: Infinity,
    shouldRetry: (failure) => failure.code !== FORBIDDEN,
    on: {
      connected: () => onStanding('accepted'),
      closed: ({ code, wasClean }) => !(wasClean && code === 1000) && onStanding(code === FORBIDDEN ? 'refused' : 'failing'),
    },
  });

  /** Calls `next` with the data of each result, and returns what ends it. */
  function follow(query, variables, next) {
    return client.subscribe({ query, variables }, {
      next: ({ data, errors }) => (data ? next(data) : console.warn(query, errors)),
      error: (failure) => console.warn(query, failure),
      complete: () => {},
    });
  }

  let isOpen = true;
  function close() {
    isOpen = false;
    client.dispose();
  }

  return { follow, close, isOpen: () => isOpen };
}
