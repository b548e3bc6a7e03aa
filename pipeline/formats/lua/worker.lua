-- The persistent pandoc: reads frames from standard input and answers on standard output.
-- A frame is "<json bytes> <payload bytes>\n<json><payload>"; an answer is "ok|error <bytes>\n<bytes>".
local folder = arg[1]
local document
-- What each filter's file gives; read once.
local filters = {}

local operations = {}

function operations.read(request)
  pandoc.mediabag.empty()
  -- Functions that pandoc calls are kept until Lua looks for what is of no use any more, which it does too seldom.
  collectgarbage()
  document = pandoc.read(request.text, request.reader)
  return ""
end

function operations.image(request, payload)
  pandoc.mediabag.insert(request.path, nil, payload)
  return ""
end

function operations.write(request)
  local tree = document:walk({})
  for _, name in ipairs(request.filters) do
    filters[name] = filters[name] or dofile(folder .. "/" .. name .. ".lua")
    tree = tree:walk(filters[name](request.data))
  end
  local options = request.options
  if options.meta then
    for key, value in pairs(options.meta) do tree.meta[key] = value end
    options.meta = nil
  end
  if options.template then options.template = pandoc.template.compile(options.template) end
  return pandoc.write(tree, request.to, pandoc.WriterOptions(options))
end

-- Another text than the article, such as the finished page: the article stays as it is.
function operations.convert(request)
  local tree = pandoc.read(request.text, request.reader)
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
