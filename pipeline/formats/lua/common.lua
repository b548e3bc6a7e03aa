-- What every format needs: stable heading identifiers, links that lead somewhere, figures.
-- data.heading_ids: one for each heading, in order. data.links: target in the text -> target in the
-- output, or "" for a link that leads nowhere in this format and becomes plain text.

local function words(text)
  local inlines = pandoc.Inlines({})
  for word in text:gmatch("%S+") do
    if #inlines > 0 then inlines:insert(pandoc.Space()) end
    inlines:insert(pandoc.Str(word))
  end
  return inlines
end

local function lone_image(paragraph)
  local content, attributes = paragraph.content, nil
  if #content == 1 and content[1].t == "Span" then
    attributes = content[1].attr
    content = content[1].content
  end
  if #content == 1 and content[1].t == "Image" then return content[1], attributes end
end

return function(data)
  local next_heading = 0
  local function heading(header)
    -- A heading without text is no segment, so it has no identifier.
    if not header.content:find_if(function(inline) return inline.t ~= "RawInline" end) then return nil end
    next_heading = next_heading + 1
    local id = data.heading_ids and data.heading_ids[next_heading]
    if id then header.identifier = id end
    return header
  end

  local function link(inline)
    local path, anchor = inline.target:match("^([^#]*)(.*)$")
    local plain = pandoc.path.normalize(path:gsub("%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end))
    local target = data.links and (data.links[path] or data.links[plain])
    if target == nil then return nil end
    if target == "" then return inline.content end
    inline.target = target .. anchor
    return inline
  end

  -- The title is the caption; the alt text stays the alt text.
  local function figure(paragraph)
    local image, attributes = lone_image(paragraph)
    if not image then return nil end
    local caption = words(image.title)
    image.title = ""
    local result = pandoc.Figure({ pandoc.Plain({ image }) }, { long = #caption > 0 and { pandoc.Plain(caption) } or {} })
    if attributes then result.attr = attributes end
    return result
  end

  return { traverse = "topdown", Header = heading, Link = link, Para = figure, Plain = nil }
end
