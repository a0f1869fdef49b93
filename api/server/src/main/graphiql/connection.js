import { getOperationAST } from 'graphql';
import { createClient } from 'graphql-ws';

const endpoint = new URL('../graphql', location.href);

/** Asks the server in the name of `access` and tells `onStanding` after each answer how the server took it. */
export function connect(access, onStanding) {
  const socket = createClient({
    url: endpoint.href.replace(/^http/, 'ws'),
    connectionParams: { authorization: `Bearer ${access.key}`, project: access.project || undefined },
    retryAttempts: 0,
  });

  function fetcher(question, { headers, documentAST } = {}) {
    const operation = documentAST && getOperationAST(documentAST, question.operationName);
    return operation?.operation === 'subscription' ? follow(socket, question) : ask(question, headers);
  }

  async function ask(question, headers) {
    const { answer, standing } = await post(access, question, headers);
    onStanding(standing);
    // GraphiQL asks for the schema once more after an answer without data, but not after a failure
    if (standing.kind === 'refused' || standing.kind === 'failing') throw answer.errors ?? [answer];
    return answer;
  }

  return { fetcher, close: () => socket.dispose() };
}

async function post(access, question, headers) {
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { ...headersOf(access), ...headers },
      body: JSON.stringify(question),
    });
    const answer = await answerOf(response);
    return { answer, standing: standingOf(access, response.status, answer) };
  } catch (failure) {
    const message = `${endpoint}: ${failure.message}`;
    return { answer: failed(message), standing: { kind: 'failing', message } };
  }
}

function headersOf({ key, project }) {
  return {
    Accept: 'application/graphql-response+json, application/json;q=0.9',
    'Content-Type': 'application/json',
    ...(key && { Authorization: `Bearer ${key}` }),
    ...(project && { 'Tidemark-Project': project }),
  };
}

async function answerOf(response) {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return failed(`The server answered ${response.status}, not in JSON: ${text.slice(0, 200)}`);
  }
}

function standingOf({ key }, status, answer) {
  const refusal = (code) => answer.errors?.find((error) => error.extensions?.code === code);
  const message = answer.errors?.[0]?.message ?? answer.detail ?? answer.title ?? '';

  if (status === 401 || refusal('UNAUTHENTICATED')) return { kind: key ? 'refused' : 'missing', message };
  if (status === 403 || refusal('FORBIDDEN')) return { kind: 'forbidden', message: refusal('FORBIDDEN')?.message ?? message };
  return status < 500 ? { kind: 'accepted' } : { kind: 'failing', message };
}

/** An observable, because stopping it unsubscribes at once; an async generator would first wait for its next item. */
function follow(socket, question) {
  return {
    subscribe: (sink) => ({
      unsubscribe: socket.subscribe(question, { ...sink, error: (failure) => sink.error(reasonOf(failure)) }),
    }),
  };
}

function reasonOf(failure) {
  if (!(failure instanceof Event)) return failure;
  return failure instanceof CloseEvent
    ? { message: `The connection for subscriptions ended: ${failure.code} ${failure.reason}` }
    : { message: 'The server accepts no connection for subscriptions.' };
}

function failed(message) {
  return { errors: [{ message }] };
}
