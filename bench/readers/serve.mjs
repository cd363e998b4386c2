// One reader of pages from npm in a process of its own: the same lines as serve.py.
//
//     node serve.mjs metascraper|postlight FOLDER_WITH_node_modules
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { createInterface } from "node:readline"
import { gunzipSync } from "node:zlib"

const [name, folder] = process.argv.slice(2)
const require = createRequire(`${folder}/`)
const version = (each) => `${each} ${JSON.parse(readFileSync(`${folder}/node_modules/${each}/package.json`)).version}`
const day = (value) => (value ? String(value).slice(0, 10) : null)

const READERS = {
  metascraper() {
    const rules = ["author", "date", "title"].map((rule) => require(`metascraper-${rule}`)())
    const metascraper = require("metascraper")(rules)
    return [version("metascraper"), async (html, url) => {
      const found = await metascraper({ html, url })
      return { title: found.title, authors: found.author ? [found.author] : [], date: day(found.date) }
    }]
  },
  postlight() {
    const Parser = require("@postlight/parser")
    return [version("@postlight/parser"), async (html, url) => {
      const found = await Parser.parse(url, { html, fetchAllPages: false })
      if (found.error) throw new Error(found.message)
      return { title: found.title, authors: found.author ? [found.author] : [], date: day(found.date_published) }
    }]
  },
}

const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`)
const [told, read] = READERS[name]()
console.log = console.warn = console.error = () => {}
say({ version: told })
for await (const line of createInterface({ input: process.stdin })) {
  const { path, url } = JSON.parse(line)
  const html = gunzipSync(readFileSync(path)).toString()
  const start = process.cpuUsage()
  const said = await read(html, url).catch((error) => ({ failed: String(error).slice(0, 300) }))
  const { user, system } = process.cpuUsage(start)
  say({ ...said, cpu_ms: (user + system) / 1000 })
}
