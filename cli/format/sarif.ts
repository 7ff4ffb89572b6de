// Findings as SARIF 2.1.0, which code scanning reads: one run, one tool, a rule for each thing that can be wrong.
//
//   { version, runs: [{ tool: { driver: { name, rules } }, results: [{ ruleId, level, message, locations }] }] }
//
// Code from a file has a region in it, other code a logical location: its layer's name. Source: OASIS, Static Analysis Results
// Interchange Format 2.1.0, sections 3.13 to 3.49.

import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Io } from '../io.ts';
import { version } from '../version.ts';
import { type Finding, type Place, RULES, type Rule } from './finding.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** Prints the findings of one command; none means that all is well. */
export function printSarif(io: Io, findings: readonly Finding[]): void {
  io.out(`${JSON.stringify(sarif(findings), null, 2)}\n`);
}

/** The findings as a SARIF log. */
function sarif(findings: readonly Finding[]): object {
  const ids = Object.keys(RULES) as Rule[];
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'padwise',
            version: version(),
            rules: ids.map((id) => ({
              id: `padwise/${id}`,
              shortDescription: { text: RULES[id] },
              defaultConfiguration: { level: 'error' },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map(({ rule, level, message, place, other }) => ({
          ruleId: `padwise/${rule}`,
          ruleIndex: ids.indexOf(rule),
          level,
          message: { text: message },
          locations: [location(place)],
          ...(other === undefined ? {} : { relatedLocations: [{ id: 1, ...location(other) }] }),
        })),
      },
    ],
  };
}

function location({ file, code, name, from, to }: Place): object {
  const logical = { logicalLocations: [{ name, fullyQualifiedName: name, kind: 'function' }] };
  if (file === null) return logical;
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file) },
      region: {
        startLine: from.line,
        startColumn: from.column,
        endLine: to.line,
        endColumn: to.column,
        snippet: { text: code },
      },
    },
    ...logical,
  };
}

/** A relative path stays relative, so that the log suits another machine. */
function uriOf(file: string): string {
  if (isAbsolute(file)) return pathToFileURL(file).href;
  const path = file.replaceAll('\\', '/').replace(/^\.\//, '');
  return path
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/');
}
