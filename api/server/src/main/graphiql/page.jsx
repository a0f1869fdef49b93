import { useEffect, useMemo, useState } from 'react';
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { currentAccess, storeAccess } from './access.js';
import { AccessBar } from './access-bar.jsx';
import { connect } from './connection.js';
import { welcome } from './welcome.js';

const explorer = explorerPlugin({ showAttribution: false });
const plugins = [HISTORY_PLUGIN, explorer];

export function Page() {
  const [{ access, standing }, setState] = useState(() => entered(currentAccess()));
  const connection = useMemo(() => {
    // an answer to an earlier key says nothing of the present one
    const onStanding = (next) => setState((now) => (now.access === access ? { access, standing: next } : now));
    return connect(access, onStanding);
  }, [access]);
  useEffect(() => () => connection.close(), [connection]);
  useEffect(() => {
    const enter = () => setState(entered(currentAccess()));
    addEventListener('hashchange', enter);
    return () => removeEventListener('hashchange', enter);
  }, []);

  const isLocked = standing.kind === 'missing' || standing.kind === 'refused';
  return (
    <>
      <AccessBar access={access} standing={standing} onChange={(next) => setState(entered(storeAccess(next)))} />
      <GraphiQL
        fetcher={connection.fetcher}
        // null: show no schema and ask for none; undefined: ask the server
        schema={isLocked ? null : undefined}
        plugins={plugins}
        visiblePlugin={explorer}
        defaultQuery={welcome}
        shouldPersistHeaders={false}
        inputValueDeprecation
        schemaDescription
      />
    </>
  );
}

function entered(access) {
  return { access, standing: { kind: access.key ? 'asking' : 'missing' } };
}
