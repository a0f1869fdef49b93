import 'uplot/dist/uPlot.min.css';
import './style.css';
import { currentAccess, storeAccess } from '../graphiql/access.js';
import { connect } from './connection.js';
import { showLatest } from './latest.js';
import { showOnline, showPulse } from './pulse.js';
import { showReports } from './reports.js';
import { showRollups } from './rollups.js';

const explanations = {
  missing: 'No key yet: paste one with the scope READ.',
  asking: 'Asking the server …',
  accepted: 'Connected.',
  refused: 'The server refused this key.',
  failing: 'No connection; trying again …',
};

const form = document.querySelector('form');
const output = document.querySelector('output');
let connection;

form.addEventListener('submit', (event) => {
  event.preventDefault();
  open(storeAccess(Object.fromEntries(new FormData(form))));
});
open(currentAccess());

function open(access) {
  form.key.value = access.key;
  form.project.value = access.project;
  connection?.close();
  document.querySelectorAll('section.added').forEach((section) => section.remove());
  if (!access.key) return tell('missing');

  tell('asking');
  connection = connect(access, tell);
  for (const show of [showPulse, showOnline, showLatest, showReports, showRollups]) show(connection);
}

function tell(standing) {
  output.dataset.standing = standing;
  output.textContent = explanations[standing];
}
