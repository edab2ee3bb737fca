export interface Snippet {
  task: string;
  asked: RegExp;
  /** By language, as a Markdown fence names it. The first serves when no language was named. */
  code: Readonly<Record<string, string>>;
  note: string;
}

/** Code that is known to run. */
export const snippets: readonly Snippet[] = [
  {
    task: "reverse a string",
    asked: /\brevers(e|ing)\b.*\b(string|text|word)|反转.*字符串|字符串.*反转/i,
    code: {
      python: `text = "hello"\nprint(text[::-1])  # olleh`,
      javascript: `const reversed = [..."hello"].reverse().join("");\nconsole.log(reversed); // olleh`,
      typescript: `const reverse = (text: string): string => [...text].reverse().join("");\nconsole.log(reverse("hello")); // olleh`,
      go: `func reverse(text string) string {\n\trunes := []rune(text)\n\tslices.Reverse(runes)\n\treturn string(runes)\n}`,
      rust: `fn reverse(text: &str) -> String {\n    text.chars().rev().collect()\n}`,
      java: `String reversed = new StringBuilder("hello").reverse().toString();`,
      bash: `echo hello | rev`,
    },
    note: "It reverses code points; a letter followed by a combining accent, or a compound emoji, needs a grapheme splitter first.",
  },
  {
    task: "print FizzBuzz",
    asked: /fizz ?buzz/i,
    code: {
      python: `for n in range(1, 101):\n    print("Fizz" * (n % 3 == 0) + "Buzz" * (n % 5 == 0) or n)`,
      javascript: `for (let n = 1; n <= 100; n++) {\n  console.log((n % 3 ? "" : "Fizz") + (n % 5 ? "" : "Buzz") || n);\n}`,
      go: `for n := 1; n <= 100; n++ {\n\tswitch {\n\tcase n%15 == 0:\n\t\tfmt.Println("FizzBuzz")\n\tcase n%3 == 0:\n\t\tfmt.Println("Fizz")\n\tcase n%5 == 0:\n\t\tfmt.Println("Buzz")\n\tdefault:\n\t\tfmt.Println(n)\n\t}\n}`,
    },
    note: "An empty string is false, so the number stands in when neither word applies.",
  },
  {
    task: "compute Fibonacci numbers",
    asked: /fibonacci|斐波那契/i,
    code: {
      python: `def fibonacci(n: int) -> int:\n    a, b = 0, 1\n    for _ in range(n):\n        a, b = b, a + b\n    return a\n\nprint([fibonacci(n) for n in range(10)])  # [0, 1, 1, 2, 3, 5, 8, 13, 21, 34]`,
      javascript: `function fibonacci(n) {\n  let [a, b] = [0n, 1n];\n  for (let i = 0; i < n; i++) [a, b] = [b, a + b];\n  return a;\n}`,
      rust: `fn fibonacci(n: u32) -> u128 {\n    let (mut a, mut b) = (0, 1);\n    for _ in 0..n {\n        (a, b) = (b, a + b);\n    }\n    a\n}`,
    },
    note: "The loop takes n steps; the recursive textbook form takes exponentially many.",
  },
  {
    task: "test whether a number is prime",
    asked: /\bprime\b|质数|素数/i,
    code: {
      python: `from math import isqrt\n\ndef is_prime(n: int) -> bool:\n    return n > 1 and all(n % d for d in range(2, isqrt(n) + 1))`,
      javascript: `const isPrime = (n) => {\n  if (n < 2) return false;\n  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false;\n  return true;\n};`,
    },
    note: "A divisor above the square root has a partner below it, so the search may stop there.",
  },
  {
    task: "compute a factorial",
    asked: /factorial|阶乘/i,
    code: {
      python: `from math import factorial\n\nprint(factorial(20))  # 2432902008176640000`,
      javascript: `const factorial = (n) => (n < 2n ? 1n : n * factorial(n - 1n));\nconsole.log(factorial(20n)); // 2432902008176640000n`,
    },
    note: "Whole numbers of any size are needed: in 64-bit floats it is wrong above 22!.",
  },
  {
    task: "test for a palindrome",
    asked: /palindrome|回文/i,
    code: {
      python: `def is_palindrome(text: str) -> bool:\n    letters = [c for c in text.casefold() if c.isalnum()]\n    return letters == letters[::-1]`,
      javascript: `const isPalindrome = (text) => {\n  const letters = [...text.toLowerCase()].filter((c) => /[\\p{L}\\p{N}]/u.test(c));\n  return letters.join() === letters.reverse().join();\n};`,
    },
    note: "Case, spaces and punctuation are left out before comparing.",
  },
  {
    task: "search a sorted list by halving",
    asked: /binary search|二分(查找|搜索)/i,
    code: {
      python: `from bisect import bisect_left\n\ndef find(items: list[int], wanted: int) -> int | None:\n    at = bisect_left(items, wanted)\n    return at if at < len(items) and items[at] == wanted else None`,
      javascript: `function find(items, wanted) {\n  let [low, high] = [0, items.length];\n  while (low < high) {\n    const middle = (low + high) >>> 1;\n    if (items[middle] < wanted) low = middle + 1;\n    else high = middle;\n  }\n  return items[low] === wanted ? low : -1;\n}`,
    },
    note: "It needs about log₂ n comparisons: 20 for a million items.",
  },
  {
    task: "sort with quicksort",
    asked: /quick ?sort|快速排序/i,
    code: {
      python: `def quicksort(items: list[int]) -> list[int]:\n    if len(items) < 2:\n        return items\n    pivot, *rest = items\n    return (\n        quicksort([x for x in rest if x < pivot])\n        + [pivot]\n        + quicksort([x for x in rest if x >= pivot])\n    )`,
      javascript: `const quicksort = ([pivot, ...rest]) =>\n  pivot === undefined\n    ? []\n    : [...quicksort(rest.filter((x) => x < pivot)), pivot, ...quicksort(rest.filter((x) => x >= pivot))];`,
    },
    note: "Clear rather than fast; real programs call the language's own sort.",
  },
  {
    task: "debounce a function",
    asked: /debounce|防抖/i,
    code: {
      javascript: `function debounce(run, waitMs) {\n  let timer;\n  return (...args) => {\n    clearTimeout(timer);\n    timer = setTimeout(() => run(...args), waitMs);\n  };\n}`,
      typescript: `function debounce<A extends unknown[]>(run: (...args: A) => void, waitMs: number) {\n  let timer: ReturnType<typeof setTimeout> | undefined;\n  return (...args: A): void => {\n    clearTimeout(timer);\n    timer = setTimeout(() => run(...args), waitMs);\n  };\n}`,
    },
    note: "Only the last call of a burst runs, `waitMs` after it.",
  },
  {
    task: "read a file line by line",
    asked: /\bread(ing)?\b.*\bfile\b|读取?.*文件/i,
    code: {
      python: `with open("notes.txt", encoding="utf-8") as file:\n    for line in file:\n        print(line.rstrip("\\n"))`,
      javascript: `import { open } from "node:fs/promises";\n\nawait using file = await open("notes.txt");\nfor await (const line of file.readLines()) console.log(line);`,
      bash: `while IFS= read -r line; do\n  printf '%s\\n' "$line"\ndone < notes.txt`,
    },
    note: "The file is never in memory as a whole.",
  },
  {
    task: "start an HTTP server",
    asked: /\b(http|web) ?server\b|hello world server|(http|web) ?服务器/i,
    code: {
      python: `from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer\n\nclass Hello(BaseHTTPRequestHandler):\n    def do_GET(self):\n        self.send_response(200)\n        self.end_headers()\n        self.wfile.write(b"Hello\\n")\n\nThreadingHTTPServer(("127.0.0.1", 8000), Hello).serve_forever()`,
      javascript: `import { createServer } from "node:http";\n\ncreateServer((request, response) => response.end("Hello\\n")).listen(8000, "127.0.0.1");`,
      go: `http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {\n\tfmt.Fprintln(w, "Hello")\n})\nlog.Fatal(http.ListenAndServe("127.0.0.1:8000", nil))`,
    },
    note: "It listens on this machine only, at http://127.0.0.1:8000.",
  },
  {
    task: "undo the last commit",
    asked: /\bundo\b.*\bcommit|撤销.*提交/i,
    code: {
      bash: `git reset --soft HEAD~1   # keeps the changes, staged\ngit revert HEAD            # if it was pushed: a new commit that undoes it`,
    },
    note: "Rewriting a commit that others have pulled costs them work; revert instead.",
  },
  {
    task: "centre an element",
    asked: /\bcent(er|re|ring)\b.*\b(div|element|css|page)|居中/i,
    code: { css: `.parent {\n  display: grid;\n  place-items: center;\n  min-height: 100dvh;\n}` },
    note: "One rule centres both ways.",
  },
  {
    task: "find the second highest value in SQL",
    asked: /second (highest|largest)|第二高/i,
    code: { sql: `SELECT DISTINCT salary\nFROM employees\nORDER BY salary DESC\nLIMIT 1 OFFSET 1;` },
    note: "DISTINCT makes equal values count once.",
  },
  {
    task: "say hello",
    asked: /hello,? world/i,
    code: {
      python: `print("Hello, world")`,
      javascript: `console.log("Hello, world");`,
      go: `package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("Hello, world")\n}`,
      rust: `fn main() {\n    println!("Hello, world");\n}`,
      java: `void main() {\n    IO.println("Hello, world");\n}`,
      bash: `echo "Hello, world"`,
    },
    note: "Save it to a file and run it.",
  },
];
