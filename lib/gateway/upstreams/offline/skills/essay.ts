/** Sections of a long read about the one thing the stand-in knows from the inside. */
export const essay: readonly (readonly [heading: string, text: string])[] = [
  [
    "A reply is a stream",
    "A language model does not know the end of its sentence when it writes the beginning. It makes one token, looks at everything so far including that token, and makes the next. The natural thing to do with such a process is to show it as it happens. A reader who sees words after two hundred milliseconds waits differently from one who watches a spinner for twenty seconds, even if both have the whole text at the same moment.",
  ],
  [
    "Tokens",
    "The unit is neither the letter nor the word. Frequent words are one token, rare ones are several, a leading space belongs to the word after it, and a Chinese character is often one token of its own. Prices and limits are counted in tokens because the work is: every token read costs a little, every token written costs a pass through the whole model. That is why output is dearer than input.",
  ],
  [
    "Thinking first",
    "A model that reasons writes a draft before the answer. The draft arrives in its own field, so that an interface can show it folded, and a program can ignore it. It is billed as output, because it is output. It also shares the limit on output with the answer, which surprises people: a small limit can be used up by thinking alone, and then the answer is empty and the finish reason says length.",
  ],
  [
    "How the events travel",
    "The wire format is older than any of this. A server-sent event is a line that starts with the word data, and an empty line ends it. The connection is an ordinary HTTP response that takes its time. Anything between the model and the reader that likes to collect bytes before passing them on will spoil it: a compressing proxy, a buffering web server, a framework that waits for the whole body. Headers can ask them not to.",
  ],
  [
    "When the reader is slow",
    "A phone in a tunnel reads slowly. If the server keeps everything it could not send, one slow reader costs memory for as long as the answer grows. The cure is as old as pipes: stop reading from the source while the sink is full. Every stage passes the pressure on, and the only memory in use is a bounded buffer in each.",
  ],
  [
    "Stopping",
    "A stop button that only hides the text is a lie that costs money. Stopping means telling the model's host that nobody listens any more, which over HTTP is done by closing the connection. The host notices within a moment, and the tokens not made are the tokens not paid for. What was made until then stays, and is worth keeping.",
  ],
  [
    "Losing the connection and coming back",
    "If the answer lives in the connection, it dies with it. If instead the answer is a job of the server that writes a numbered log, then a connection is just a reader of that log. It can vanish and return, say which number it saw last, and go on from there. A second window is a second reader. A reload is a reader that starts over. Nobody has to be lucky.",
  ],
  [
    "Counting",
    "At the end comes a small record: tokens read, tokens read from cache, tokens written, tokens of those that were thought. Money is those numbers times whole billionths of a dollar. Whole numbers add up the same in every order; fractions in floating point do not, and a bill that depends on the order of addition is not a bill. The record is written once, whatever happens, even when the process dies half way.",
  ],
  [
    "The memory of prefixes",
    "Reading a long prompt is work, and the next turn of the same conversation starts with the same prompt. A host can keep the state it had at the end of it and continue from there. Such tokens are cheaper, here a tenth of the price. The condition is sameness from the first token on: whoever puts the current time at the top of the prompt pays full price every time.",
  ],
  [
    "Failing well",
    "Things break in three places. Before the first byte, one may try again elsewhere and nobody needs to know. In the middle, one may not, because half an answer has been read; then the honest thing is an event that says so, and an end without the mark of completion. And in between, silence: a comment line every few seconds keeps the connection warm and tells a stalled answer from a dead one.",
  ],
  [
    "Tools",
    "A model cannot look out of the window. It can ask. Instead of text it writes the name of a function and its arguments as JSON, in fragments like everything else, and stops. The program runs the function, adds the result to the conversation and asks again. What looks like one reply is a small dialogue between two machines, and the reader sees its outline: asked, running, done.",
  ],
  [
    "What this text is",
    "None of this was composed for you just now. I am the stand-in that serves while no model is connected, and this is the one subject I know from the inside, because I do it: these words came to you one token at a time, at a pace set for reading, and you may stop them wherever you like. A connected model would write about what you asked.",
  ],
];

export const chineseEssay: readonly (readonly [heading: string, text: string])[] = [
  [
    "回答是一条流",
    "语言模型写下开头时并不知道结尾。它每次生成一个词元，再看一遍已有的全部内容，然后生成下一个。既然过程如此，最自然的做法就是边生成边展示。两百毫秒后看到第一个字，和盯着进度圈等二十秒，感受完全不同。",
  ],
  [
    "先思考，再回答",
    "会推理的模型先写一份草稿。草稿放在单独的字段里，界面可以折叠它，程序可以忽略它。它按输出计费，也和答案共用输出上限：上限太小时，思考就会把它用完，答案便是空的。",
  ],
  [
    "停止与恢复",
    "真正的停止，是告诉模型的主机没有人在听了。而要在断线后继续，回答就必须是服务器上的一项任务，写下带编号的日志；连接只是读者，可以离开，也可以回来，从上次的编号接着读。",
  ],
  [
    "计量",
    "最后是一份小小的记录：读了多少词元，其中多少来自缓存，写了多少，其中多少用于思考。金额是这些数字乘以整数的十亿分之一美元。整数无论按什么顺序相加结果都一样。",
  ],
  [
    "这段文字是什么",
    "这不是为你现写的。我是没有连接模型时的离线替身，这是我唯一从内部了解的题目：这些字正以便于阅读的速度一个一个送到你面前，你随时可以停下。",
  ],
];
