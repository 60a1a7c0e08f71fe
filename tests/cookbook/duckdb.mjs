// duckdb.mjs PACKAGES DIRECTORY: runs in the directory the queries that come as a JSON list on standard input, one after the
// other, and prints a JSON list of what each answers: a list of rows. PACKAGES is where npm has put DuckDB.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [packages, directory] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(`${packages}/`)('@duckdb/node-api');
process.chdir(directory);
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const answers = [];
for (const query of JSON.parse(readFileSync(0, 'utf8'))) {
  const answer = await connection.runAndReadAll(query);
  answers.push(answer.getRowObjectsJson());
}
console.log(JSON.stringify(answers));
