import { timeChart } from './chart.js';
import { element, numberText } from './page.js';

const PULSE = 'subscription { pulse(seconds: 120) { from to events collections { collection events perSecond } } }';
const ONLINE = 'subscription { online(within: "PT5M", first: 1) { count } }';
const LINES = 5;
const RECENT = 5;
const draw = timeChart(document.querySelector('#rate .chart'));

/** Events per second, and which collections they belong to. */
export function showPulse({ follow }) {
  follow(PULSE, {}, ({ pulse }) => {
    const top = pulse.collections.slice(0, LINES);
    const from = Date.parse(pulse.from) / 1000;
    const seconds = (Date.parse(pulse.to) - Date.parse(pulse.from)) / 1000;
    draw(
      Array.from({ length: seconds }, (_, i) => from + i),
      top.map(({ collection, perSecond }) => ({ label: collection, values: perSecond })),
    );
    const recent = pulse.collections.flatMap(({ perSecond }) => perSecond.slice(-RECENT)).reduce((sum, n) => sum + n, 0);
    document.querySelector('#rate strong').textContent = numberText(recent / RECENT);
    document.querySelector('#collections ol').replaceChildren(...pulse.collections.slice(0, 10).map((series) => bar(series, pulse.events)));
  });
}

/** Who was seen of late. */
export function showOnline({ follow }) {
  follow(ONLINE, {}, ({ online }) => {
    document.querySelector('#rate span').textContent = `now; ${numberText(online.count)} people online`;
  });
}

function bar({ collection, events }, all) {
  const item = element('li', {}, [element('span', {}, [collection]), element('span', {}, [numberText(events)])]);
  item.style.setProperty('--part', `${(100 * events) / all}%`);
  return item;
}
