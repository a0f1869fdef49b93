import { timeChart } from './chart.js';
import { addSection } from './page.js';

const ROLLUPS = '{ rollups { name collection bucket { unit every zone } } }';
const ROLLUP = `subscription ($rollup: String!, $bucket: TimeBucket!, $zone: String!) {
  live {
    aggregate(
      collection: $rollup
      measures: { measure: COUNT, as: "events" }
      timeBucket: [$bucket]
      zone: $zone
      orderBy: { by: "bucket", direction: DESC }
      first: 60
    ) {
      ... on Snapshot { entries { ...row } }
      ... on Change { upserted { ...row } removed }
    }
  }
}
fragment row on LiveEntry { key value { ... on LiveGroup { bucket measures } } }`;

/** A chart for each rollup: the events of its last buckets. Differences are put into the rows that are here. */
export function showRollups({ follow }) {
  follow(ROLLUPS, {}, ({ rollups }) => {
    for (const { name, collection, bucket } of rollups) {
      const section = addSection(name, `${collection}, events by ${bucket.every > 1 ? bucket.every : ''} ${bucket.unit.toLowerCase()}`);
      const draw = timeChart(section.querySelector('.chart'));
      let rows = new Map();
      const { zone, ...timeBucket } = bucket;
      follow(ROLLUP, { rollup: name, bucket: timeBucket, zone }, ({ live: { aggregate } }) => {
        if (aggregate.entries) rows = new Map();
        for (const { key, value } of aggregate.entries ?? aggregate.upserted ?? []) rows.set(key, value);
        for (const key of aggregate.removed ?? []) rows.delete(key);
        const sorted = [...rows.values()].sort((a, b) => Date.parse(a.bucket) - Date.parse(b.bucket));
        draw(sorted.map((row) => Date.parse(row.bucket) / 1000), [{ label: 'events', values: sorted.map((row) => row.measures.events) }]);
      });
    }
  });
}
