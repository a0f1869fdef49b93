import graphiql from '../graphiql/vite.config.js';

export default { ...graphiql, build: { ...graphiql.build, outDir: '../resources/live' } };
