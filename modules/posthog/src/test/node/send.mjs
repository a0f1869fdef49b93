// Sends one capture of each kind to a running server, and once more as if the first answer had been lost:
//   URL=http://127.0.0.1:8080 WRITE_KEY=… node send.mjs
import { PostHog } from 'posthog-node';

let attempts = 0;

const posthog = new PostHog(process.env.WRITE_KEY, {
  host: process.env.URL,
  fetchRetryDelay: 50,
  fetch: async (url, request) => {
    const answer = await fetch(url, request);
    if (attempts++ === 0) {
      throw new Error('the answer is lost on its way');
    }
    return answer;
  },
});
posthog.on('error', (error) => {
  throw error;
});

posthog.capture({
  distinctId: 'ada',
  event: 'Order Completed',
  properties: { revenue: 12.5, $set: { plan: 'pro' } },
  groups: { company: 'acme' },
  timestamp: new Date(Date.now() - 3_600_000),
});
posthog.identify({ distinctId: 'ada', properties: { plan: 'pro', $set_once: { first: 1 } } });
posthog.alias({ distinctId: 'ada', alias: 'device-7' });
posthog.groupIdentify({ groupType: 'company', groupKey: 'acme', properties: { size: 3 } });
posthog.capture({ distinctId: 'device-7', event: '$pageview', properties: { $current_url: 'https://shop.example/', $is_identified: false } });

await posthog.shutdown();
console.log(JSON.stringify({ attempts }));
