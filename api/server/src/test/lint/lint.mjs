// Checks a schema by the rules of graphql-schema-linter and @graphql-eslint, and prints what is found as JSON:
//   node lint.mjs schema.graphql
// One at a time: the plugin keeps the first schema of a process for all files.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import graphqlPlugin from '@graphql-eslint/eslint-plugin';
import { ESLint } from 'eslint';

const eslintRules = {
  ...graphqlPlugin.configs['flat/schema-all'].rules,
  ...graphqlPlugin.configs['flat/schema-relay'].rules,
  // most descriptions are one line
  '@graphql-eslint/description-style': ['error', { style: 'inline' }],
  // pages are read forwards only
  '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
  // lists of a few values are lists, not connections
  '@graphql-eslint/relay-edge-types': ['error', { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false }],
  // the printer orders by kinds of types first
  '@graphql-eslint/alphabetize': 'off',
  // numbers about events, and most rows of tables, have no identity
  '@graphql-eslint/strict-id-in-types': 'off',
  // forbids what one names; nothing is named
  '@graphql-eslint/no-root-type': 'off',
  // a mutation's payload is never null: what a client did wrong is in its userErrors
  '@graphql-eslint/require-nullable-result-in-root': 'off',
  // changes and questions are separate requests, with separate scopes
  '@graphql-eslint/require-field-of-type-query-in-mutation-result': 'off',
  // a group's group is what it is grouped by
  '@graphql-eslint/no-typename-prefix': 'off',
};

// tests of types that no column of this schema has, and scalars that are kept for plugins
const keptForOthers = /`(\w+Test|TopValue|Decimal|LocalDate|UUID)`/;

const file = resolve(process.argv[2]);
const problems = [...linted(file), ...(await eslinted(file))];
console.log(JSON.stringify(problems.filter(({ rule, message }) => !isKept(rule, message))));

function isKept(rule, message) {
  return /defined-types-are-used|no-unreachable-types/.test(rule) && keptForOthers.test(message);
}

function linted(file) {
  const { stdout, stderr } = spawnSync('node_modules/.bin/graphql-schema-linter', ['--format', 'json', '--stdin'], {
    input: readFileSync(file),
    maxBuffer: 1 << 28,
  });
  if (!stdout.length) throw new Error(String(stderr));
  return JSON.parse(stdout).errors.map(({ rule, message }) => ({ rule, message }));
}

async function eslinted(file) {
  const eslint = new ESLint({
    overrideConfigFile: true,
    overrideConfig: [
      {
        files: ['**/*.graphql'],
        languageOptions: { parser: graphqlPlugin.parser, parserOptions: { graphQLConfig: { schema: file } } },
        plugins: { '@graphql-eslint': graphqlPlugin },
        rules: eslintRules,
      },
    ],
  });
  const [result] = await eslint.lintFiles([file]);
  return result.messages.map(({ ruleId, message }) => ({ rule: ruleId, message }));
}
