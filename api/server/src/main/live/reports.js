import { timeChart } from './chart.js';
import { addSection } from './page.js';

const REPORTS = '{ realtimeReports { name collection window slide } }';
const REPORT = `subscription ($report: String!) {
  realtime(report: $report) { total { group } slides { from groups { group events measures } } }
}`;
const LINES = 5;

/** A chart for each report: its first measure, of the groups with the most events. */
export function showReports({ follow }) {
  follow(REPORTS, {}, ({ realtimeReports }) => {
    for (const { name, collection, window, slide } of realtimeReports) {
      const section = addSection(name, `${collection}, the last ${window} by ${slide}`);
      const draw = timeChart(section.querySelector('.chart'));
      follow(REPORT, { report: name }, ({ realtime }) => draw(...linesOf(realtime)));
    }
  });
}

function linesOf({ total, slides }) {
  const times = slides.map(({ from }) => Date.parse(from) / 1000);
  const lines = total.slice(0, LINES).map(({ group }) => ({
    label: Object.values(group).join(' · ') || 'all',
    values: slides.map(({ groups }) => valueOf(groups.find((found) => JSON.stringify(found.group) === JSON.stringify(group)))),
  }));
  return [times, lines];
}

/** The first measure that is a number. */
function valueOf({ events, measures }) {
  const first = Object.values(measures).find((value) => typeof value === 'number' || value === null);
  return first === undefined ? events : (first ?? 0);
}
