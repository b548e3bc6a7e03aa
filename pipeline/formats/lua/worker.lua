-- The persistent pandoc: reads frames from standard input and answers on standard output.
-- A frame is "<json bytes> <payload bytes>\n<json><payload>"; an answer is "ok|error <bytes>\n<bytes>".
-- Trees come and go as JSON: what is done to them in between is done in Python, where it is ten times as fast.
local operations = {}

function operations.read(request, payload)
  pandoc.mediabag.empty()
  -- What Lua keeps of a document is let go of when it looks for what is of no use any more, which it does too seldom.
  collectgarbage()
  return pandoc.write(pandoc.read(payload, request.reader), "json")
end

function operations.image(request, payload)
  pandoc.mediabag.insert(request.path, nil, payload)
  return ""
end

function operations.write(request, payload)
  return pandoc.write(pandoc.read(payload, "json"), request.to, pandoc.WriterOptions(request.options))
end

function operations.convert(request, payload)
  local tree = pandoc.read(payload, request.reader)
  for key, value in pairs(request.meta) do tree.meta[key] = value end
  return pandoc.write(tree, request.to)
end

io.stdout:setvbuf("full")
while true do
  local line = io.stdin:read("l")
  if not line then break end
  local head_size, payload_size = line:match("^(%d+) (%d+)$")
  local request = pandoc.json.decode(io.stdin:read(tonumber(head_size)), false)
  local payload = tonumber(payload_size) > 0 and io.stdin:read(tonumber(payload_size)) or ""
  local good, answer = pcall(operations[request.op], request, payload)
  answer = good and answer or tostring(answer)
  io.stdout:write(good and "ok " or "error ", #answer, "\n", answer)
  io.stdout:flush()
end
