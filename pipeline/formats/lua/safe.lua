-- Takes out what must not reach a reader's browser: raw HTML, unknown attributes, links that run code or
-- lead nowhere. Runs after common.lua, so that what our own filters add later stays.
-- data.links: targets that stand for other articles and stay. data.mark: what is put before a relative target,
-- which leads somewhere in some outputs only; whoever takes the HTML settles both.

local schemes = { http = true, https = true, mailto = true, tel = true, sms = true }
local kept = { lang = true, dir = true, ["xml:lang"] = true }

-- A list of pairs: a table of keys has another order in every run.
local function safe_attributes(element)
  local attributes = {}
  for key, value in pairs(element.attributes) do
    if kept[key] and value:match("^[%w-]+$") then attributes[#attributes + 1] = { key, value } end
  end
  element.attr = pandoc.Attr(element.identifier, element.classes, attributes)
  return element
end

-- Browsers skip blanks and control characters before and within a scheme, so "java\nscript:" is one too.
local function is_safe(target)
  local scheme = target:gsub("[%c%s]", ""):lower():match("^([^/?#:]*):")
  return scheme == nil or schemes[scheme] == true
end

local function raw_inline(inline)
  if inline.format == "html" and inline.text:lower():match("^<br%s*/?>$") then return pandoc.LineBreak() end
  return {}
end

return function(data)
  local ids, articles = {}, {}
  for _, target in pairs(data.links or {}) do articles[target] = true end

  -- Two elements with one identifier would make a link lead to the wrong place.
  local function identify(element)
    local id = element.identifier
    if id ~= "" and ids[id] then element.identifier = "" end
    ids[element.identifier] = true
    return safe_attributes(element)
  end

  local function link(inline)
    local path, anchor = inline.target:match("^([^#]*)#?(.*)$")
    if articles[path] then return inline end
    if inline.target == "" or not is_safe(inline.target) then return inline.content end
    if path == "" then return ids[anchor] and inline or inline.content end
    if path:match("^%a[%w+.-]*:") or path:sub(1, 2) == "//" then return inline end
    if path:match("%.md$") then return inline.content end
    inline.target = data.mark .. inline.target
    return inline
  end

  local function bare_code(element)
    element.attr = pandoc.Attr()
    return element
  end

  local elements = {
    Header = identify, Div = identify, Span = identify, Figure = identify, Table = identify, Link = identify,
    Image = function(image) image.attr = pandoc.Attr() return image end,
    Code = bare_code, CodeBlock = bare_code,
    RawInline = raw_inline, RawBlock = function() return {} end,
  }
  return {
    Pandoc = function(document)
      return document:walk(elements):walk({ traverse = "topdown", Link = link })
    end,
  }
end
