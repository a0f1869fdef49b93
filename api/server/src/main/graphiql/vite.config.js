import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { defineConfig } from 'vite';

export default defineConfig({
  base: './',
  build: {
    outDir: '../resources/graphiql',
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    license: { fileName: 'licenses.md' },
    chunkSizeWarningLimit: 4000,
    rolldownOptions: { onwarn: (warning, warn) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || warn(warning) },
  },
  plugins: [sourceHashes()],
});

/** Writes what the bundle was built from, so that a test can tell when it is stale. */
function sourceHashes() {
  return {
    name: 'source-hashes',
    generateBundle() {
      const source = sources().map((file) => `${sha256(file)}  ${file}\n`).join('');
      this.emitFile({ type: 'asset', fileName: 'sources.sha256', source });
    },
  };
}

function sources() {
  return readdirSync('.', { recursive: true })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !file.startsWith('node_modules/') && statSync(file).isFile())
    .sort();
}

function sha256(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
