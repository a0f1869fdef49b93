// Sends one message of each kind to a running server, and once more as if the first answer had been lost:
//   URL=http://127.0.0.1:8080 WRITE_KEY=… node send.mjs
import { Analytics } from '@segment/analytics-node';

let attempts = 0;

const analytics = new Analytics({
  host: process.env.URL,
  writeKey: process.env.WRITE_KEY,
  httpClient: async (url, request) => {
    const answer = await fetch(url, request);
    if (attempts++ === 0) {
      throw new Error('the answer is lost on its way');
    }
    return answer;
  },
});
analytics.on('error', (error) => {
  throw error;
});

analytics.track({
  userId: 'ada',
  event: 'Order Completed',
  properties: { revenue: 12.5, products: [{ sku: 'a' }] },
  context: { ip: '10.0.0.1', campaign: { name: 'spring' } },
  timestamp: new Date(Date.now() - 3_600_000),
});
analytics.identify({ userId: 'ada', anonymousId: 'device-7', traits: { plan: 'pro' } });
analytics.group({ userId: 'ada', groupId: 'acme', traits: { size: 3 } });
analytics.alias({ userId: 'ada', previousId: 'device-7' });
analytics.page({ anonymousId: 'device-7', category: 'Docs', name: 'Intro', properties: { url: 'https://shop.example/' } });
analytics.screen({ anonymousId: 'device-7', name: 'Home' });

await analytics.closeAndFlush();
console.log(JSON.stringify({ attempts }));
