import { element } from './page.js';

const EVENTS = 'subscription { events { id collection time user anonymous properties } }';
const SHOWN = 12;
const MOST_A_SECOND = 20;
const PAUSE = 2_000;

/** The latest events. Of a flood a few are shown, then it looks again: what nobody can read need not be sent. */
export function showLatest(connection) {
  const list = document.querySelector('#latest ol');
  list.replaceChildren();
  follow();

  function follow() {
    let arrived = [];
    const end = connection.follow(EVENTS, {}, ({ events }) => {
      if (arrived.length === MOST_A_SECOND) return;
      list.prepend(entry(events));
      while (list.children.length > SHOWN) list.lastChild.remove();

      const now = performance.now();
      arrived = [...arrived.filter((time) => time > now - 1_000), now];
      if (arrived.length === MOST_A_SECOND) {
        end();
        setTimeout(() => connection.isOpen() && follow(), PAUSE);
      }
    });
  }
}

function entry({ collection, time, user, anonymous, properties }) {
  return element('li', {}, [
    element('time', { dateTime: time }, [time.slice(11, 19)]),
    element('b', {}, [collection]),
    element('span', {}, [user ?? anonymous ?? '']),
    element('code', {}, [JSON.stringify(properties)]),
  ]);
}
